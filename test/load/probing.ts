import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { scopeOf } from '#protocol/pull.ts'
import { PROTOCOL_VERSION } from '#protocol/version.ts'
import type { VirtualRegister } from '../server/virtual-shop.ts'
import type { HerdShop } from './herd-shop.ts'
import type { Probe, Sample } from './probe.ts'
import { type Latencies, latenciesOf } from './requests.ts'

export type ProbeRow = Latencies & {
  readonly name: string
  /** Before the herd came. */
  readonly quietP95Ms: number
  readonly failed: number
}

export type Probing = {
  /** Ends it; `stormAtMs` (since 1970) parts what was quiet from what was not. */
  end(stormAtMs: number): Promise<ProbeRow[]>
}

/** Asks from outside, in a thread of its own, until it is ended. */
export async function startProbing(probes: readonly Probe[]): Promise<Probing> {
  const worker = new Worker(new URL('probe.ts', import.meta.url), { workerData: probes })
  await once(worker, 'online')
  return {
    async end(stormAtMs) {
      const answered = once(worker, 'message')
      worker.postMessage('end')
      const [samples] = (await answered) as [readonly Sample[]]
      await worker.terminate()
      return probes.map(({ name }) => rowOf(name, samples, stormAtMs))
    },
  }
}

function rowOf(name: string, samples: readonly Sample[], stormAtMs: number): ProbeRow {
  const own = samples.filter((sample) => sample.name === name)
  const elapsed = (some: readonly Sample[]): number[] =>
    some.filter(({ status }) => status === 200).map(({ elapsedMs }) => elapsedMs)
  const storm = own.filter(({ atMs }) => atMs >= stormAtMs)
  return {
    name,
    ...latenciesOf(elapsed(storm)),
    quietP95Ms: latenciesOf(elapsed(own.filter(({ atMs }) => atMs < stormAtMs))).p95Ms,
    failed: storm.filter(({ status }) => status !== 200).length,
  }
}

export type Bystander = {
  readonly register: VirtualRegister
  readonly token: string
  /** Of one sale each. */
  readonly pushes: readonly string[]
}

/** The server's pulse, another business at work, and the owner of the herd at the back office. */
export function probesOf(
  url: string,
  herd: { readonly cookie: string; readonly day: string },
  other: Bystander & Pick<HerdShop, 'cursor' | 'epoch'>,
): Probe[] {
  const json = { 'content-type': 'application/json' }
  const { store, registerId } = other.register.shop
  const pull = {
    ...{
      protocol: PROTOCOL_VERSION,
      appVersion: 'load',
      journalSeq: 0,
      epoch: other.epoch,
      cursor: other.cursor,
    },
    ...{ scopeId: scopeOf(store.storeId, registerId).id, wantsDigest: false },
  }
  const range = { from: herd.day, to: herd.day }
  const report = JSON.stringify({ range, compareWith: null, storeIds: null, granularity: 'hour' })
  const get = { method: 'GET', body: null, bodies: null, isPull: false } as const
  const post = { method: 'POST', body: null, bodies: null, isPull: false } as const
  const owner = { cookie: herd.cookie }
  return [
    { ...get, name: '/health', everyMs: 100, url: `${url}/health`, headers: {} },
    {
      ...{ ...post, name: 'another business pulls', everyMs: 300, url: `${url}/trpc/changes.pull` },
      ...{
        headers: { ...json, authorization: `Bearer ${other.token}` },
        body: JSON.stringify(pull),
        isPull: true,
      },
    },
    {
      ...{ ...post, name: 'another business sells', everyMs: 300, url: `${url}/trpc/operations.push` },
      ...{ headers: json, bodies: other.pushes },
    },
    {
      ...{ ...get, name: 'owner’s sales report', everyMs: 1000, headers: owner },
      url: `${url}/trpc/report.sales?input=${encodeURIComponent(report)}`,
    },
    { ...get, name: 'owner’s registers', everyMs: 1000, headers: owner, url: `${url}/trpc/register.list` },
  ]
}
