import { type ChildServer, startChildServer } from './child-server.ts'
import { type DataSet, type SampleShop, type Tally, tallyOf } from './documents.ts'
import type { OurShop } from './ours-shop.ts'
import { installPeers } from './install-peers.ts'

/** One that stores, pushes and loads the documents; each has its own server, which is asked for places off the clock. */
export type Contender = {
  readonly name: string
  readonly url: string
  /** Has the server hold the documents of the set, for any number of loads. */
  fill(data: DataSet): Promise<void>
  /** Where a new device loads what was filled. */
  loadPlace(data: DataSet): Promise<string>
  /** Where a device with unsent orders pushes to: it has none of them. */
  pushPlace(data: DataSet): Promise<string>
  /** Throws where the server does not hold exactly the set's orders, and forgets them. */
  checkPushed(data: DataSet, place: string): Promise<void>
  stop(): Promise<void>
}

export async function startEvertill(): Promise<Contender & { openShop(): Promise<SampleShop> }> {
  const server = await startChildServer(new URL('ours-server.ts', import.meta.url))
  const shopOf = ({ shop }: DataSet) => shop as OurShop
  return {
    name: 'evertill',
    url: server.url,
    stop: server.stop,
    openShop: () => server.ask<OurShop>('openShop', null),
    fill: (data) => server.ask('fill', { shop: shopOf(data), data }),
    loadPlace: (data) => server.ask('code', shopOf(data)),
    async pushPlace(data) {
      await server.ask('addProducts', { shop: shopOf(data), data })
      return server.ask('code', shopOf(data))
    },
    checkPushed: async (data) => compare('evertill', data, await server.ask('tally', shopOf(data))),
  }
}

export async function startPeers(signal: AbortSignal): Promise<Contender[]> {
  await installPeers(signal)
  const started: Contender[] = []
  try {
    for (const name of ['rxdb', 'pouchdb'])
      started.push(
        peerOn(name, await startChildServer(new URL(`../peers/${name}-server.ts`, import.meta.url))),
      )
    return started
  } catch (error) {
    for (const peer of started) await peer.stop()
    throw error
  }
}

function peerOn(name: string, server: ChildServer): Contender {
  let lastTarget = 0
  const sourceOf = ({ orderCount }: DataSet) => `source-${orderCount}`
  return {
    name,
    url: server.url,
    stop: server.stop,
    fill: (data) => server.ask('fill', { source: sourceOf(data), data }),
    loadPlace: async (data) => sourceOf(data),
    pushPlace: async () => `target-${(lastTarget += 1)}`,
    async checkPushed(data, place) {
      compare(name, data, await server.ask('tally', place))
      await server.ask('forget', place)
    },
  }
}

/** Who lost or doubled a document would have won by it. */
export function compare(name: string, data: DataSet, held: Tally): void {
  const { orders, totalMinor } = tallyOf(data)
  if (held.orders !== orders || held.totalMinor !== totalMinor)
    throw new Error(
      `${name} holds ${held.orders} orders worth ${held.totalMinor}, not ${orders} worth ${totalMinor}`,
    )
}
