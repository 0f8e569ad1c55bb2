import { execFileSync } from 'node:child_process'
import { rename, rm } from 'node:fs/promises'
import type { BrowserTill } from '../browser/browser-till.ts'
import { deviceViolations } from '../browser/device-proof.ts'
import { endWithProof, replayEverything, textOf } from '../ending.ts'
import { prove } from '../proof.ts'
import { pushesIn } from '../requests.ts'
import type { Scenario, Torture } from '../scenario.ts'
import { openBrowserTill, openShopWithNetwork, openVirtualTills } from '../set-up.ts'
import type { ShopServer } from '../shop-server.ts'
import type { VirtualTill } from '../virtual-till.ts'

const ACTS = 30

export const serverRestored: Scenario = {
  name: 'server-restored',
  about: 'the database is put back to an older copy, others fill it past a cursor, and the registers heal it',
  times: { usual: 3, short: 1 },
  async run(torture) {
    const { ledger, times, say } = torture
    const { server, proxy } = await openShopWithNetwork(torture)
    const [absent, filler] = await openVirtualTills(torture, server, 2)
    const { till } = await openBrowserTill(torture, server, { origin: proxy.url, name: 'Browser' })
    const sellers = { absent: absent!, filler: filler!, till }
    const rounds: Round[] = []
    for (let round = 1; round <= times; round += 1) {
      rounds.push(await restoreAndHeal(torture, server, sellers))
      const { lost, cursor, head } = rounds.at(-1)!
      say(
        `restored ${round} of ${times}: ${lost} lost until healed; head ${head}, the browser had read up to ${cursor}`,
      )
    }
    for (const each of [sellers.absent, sellers.filler]) {
      each.closeShift()
      await each.drain()
    }
    await till.closeShift()
    await till.drain()
    const device = deviceViolations(await till.rows(), ledger.all())
    const figures = await sameFigures(server, till)
    const { checks, proof } = await endWithProof(server, ledger, 0)
    const requests = [...sellers.absent.sent, ...sellers.filler.sent, ...pushesIn(proxy.seen)]
    return {
      done: `restored ${times} times, ${rounds.reduce((sum, { lost }) => sum + lost, 0)} facts gone until healed`,
      completed: ledger.orders(),
      held: proof.held.orders,
      checks: [
        {
          what: 'control: right after each restore the proof fails, as what was held is gone',
          isRight: rounds.every(({ lost }) => lost > 0),
        },
        {
          what: 'others had filled it past what the browser had read',
          isRight: rounds.every(({ head, cursor }) => head > cursor),
          detail: rounds.map(({ head, cursor }) => `head ${head}, cursor ${cursor}`).join('; '),
        },
        {
          what: 'the browser still has all that it sold',
          isRight: device.length === 0,
          detail: textOf(device),
        },
        figures,
        ...checks,
        ...(await replayEverything(server, ledger, 0, requests)),
      ],
    }
  },
}

type Sellers = { readonly absent: VirtualTill; readonly filler: VirtualTill; readonly till: BrowserTill }

type Round = {
  /** Facts that were done, held before, and not held after the restore. */
  readonly lost: number
  readonly cursor: number
  readonly head: number
}

async function restoreAndHeal(
  { ledger }: Torture,
  server: ShopServer,
  { absent, filler, till }: Sellers,
): Promise<Round> {
  const { app } = server
  const copy = `${app.dataDir}-copy`
  await actAndSend([absent, filler], 10)
  await actIn(till, 10)
  await till.drain()
  await app.stop()
  execFileSync('cp', ['-a', app.dataDir, copy])
  await app.start()

  await actAndSend([absent, filler], ACTS)
  await actIn(till, ACTS)
  await till.drain()
  await till.wake()
  const cursor = await headOf(server)

  // The browser is away while the server goes back and others fill it up.
  await till.page.context().setOffline(true)
  await app.stop()
  await rm(app.dataDir, { recursive: true })
  await rename(copy, app.dataDir)
  await app.start()
  const { violations } = await server.withDatabase(({ query }) =>
    prove(query, { completed: ledger.all(), mostUnsaid: 0 }),
  )
  const lost = violations.filter(({ rule }) => rule === 'I1').length
  await filler.drain()
  while ((await headOf(server)) <= cursor) {
    filler.act()
    await filler.send()
  }
  const head = await headOf(server)
  await actIn(till, 5)
  await till.page.context().setOffline(false)
  await Promise.all([till.drain(), absent.drain(), filler.drain()])
  await till.wake()
  // Nothing may be new to it: a server that went back is noticed by pulling, and what was acknowledged is offered again.
  await till.drain()
  return { lost, cursor, head }
}

async function actAndSend(tills: readonly VirtualTill[], acts: number): Promise<void> {
  for (const till of tills) {
    for (let act = 0; act < acts; act += 1) {
      till.act()
      await till.send()
    }
    await till.drain()
  }
}

async function actIn(till: BrowserTill, acts: number): Promise<void> {
  for (let act = 0; act < acts; act += 1) {
    const failure = await till.act()
    if (failure !== null) throw new Error(`The till failed: ${failure}`)
  }
}

function headOf(server: ShopServer): Promise<number> {
  return server.withDatabase(async ({ query }) => {
    const [row] = await query<{ v: number }>('select v from sync_head')
    return row!.v
  })
}

/** [I10] Also for a register that had read a history which is no more: what it shows is what the server holds. */
async function sameFigures(server: ShopServer, till: BrowserTill) {
  await till.wake()
  const shown = await till.page.evaluate(async () => {
    const range = { from: '2020-01-01', to: '2099-12-31' }
    const query = { range, compareWith: null, storeIds: null, granularity: 'month' } as const
    const { report } = await torturePage.device.salesReport(query)
    return `${report.figures.orders} orders, ${report.figures.netMinor}`
  })
  const held = await server.withDatabase(async ({ query }) => {
    const [row] = await query<{ orders: number; net: number }>(
      `select count(*) filter (where not is_refund) as orders, sum(net_minor)::bigint as net from orders`,
    )
    return `${row!.orders} orders, ${row!.net}`
  })
  return {
    what: 'the browser’s figures are the server’s',
    isRight: shown === held,
    detail: `${shown} against ${held}`,
  }
}
