import { failed, success } from '#domain/failure.ts'
import type { PullPage } from '#protocol/pull.ts'
import type { PushAnswer, PushRequest } from '#protocol/push.ts'
import { storeOn, type Store } from '../../src/storage/store.ts'
import type { CallOutcome } from '../../src/transport/call.ts'
import type { DeviceEvent } from '../../src/worker/events.ts'
import type { LoopPorts, SyncPorts, Timers } from '../../src/worker/sync-ports.ts'
import type { SyncServer } from '../../src/worker/sync-server.ts'
import { createMemoryDevice, epoch, idOf, type MemoryDevice, NOW, saleOf } from '../storage/memory-device.ts'

export const answer = (value: unknown): CallOutcome<unknown> => ({ kind: 'answer', value })
export const lost: CallOutcome<unknown> = {
  kind: 'retry',
  failure: failed('network/unreachable', 'No network.', 'Wait.').failure,
}
export const accepted = (ackedSeq: number): CallOutcome<unknown> =>
  answer(success({ status: 'accepted', ackedSeq, results: [] } satisfies PushAnswer))
export const refused = (code: string): CallOutcome<unknown> => answer(failed(code, 'No.', 'Ask.'))

/** What a server answers by default: it takes all and has nothing new. Each may be scripted. */
export type Script = { -readonly [Name in keyof SyncServer]: SyncServer[Name] }

export type SyncDevice = {
  readonly memory: MemoryDevice
  readonly store: Store
  readonly ports: SyncPorts
  readonly loopPorts: LoopPorts
  readonly script: Script
  /** Requests in sequence, by procedure. */
  readonly asked: { [Name in keyof SyncServer]: Parameters<SyncServer[Name]>[0][] }
  readonly events: DeviceEvent[]
  readonly shown: object[]
  readonly errors: unknown[]
  readonly timers: VirtualTimers
  sell(...numbers: number[]): Promise<void>
}

/** A register with its tables in memory, loaded but where `isLoaded` says otherwise, and a server that follows a script. */
export async function createSyncDevice({ isLoaded = true } = {}): Promise<SyncDevice> {
  const memory = await createMemoryDevice()
  const store = storeOn({ ...memory, inflate: async (bytes) => new TextDecoder().decode(bytes) })
  const asked: SyncDevice['asked'] = { push: [], pull: [], load: [], rejoin: [] }
  const script = obedientServer()
  const events: DeviceEvent[] = []
  const shown: object[] = []
  const errors: unknown[] = []
  const timers = virtualTimers()
  const ports: SyncPorts = {
    store,
    server: recording(script, asked),
    identity: {
      sign: async (text) => `signed ${text}`,
      renew: async () => {
        const { installId } = await store.keepIdentity({ installId: idOf(77), pair: fakePair }, 'rejoining')
        return { installId, publicKey: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' } }
      },
    },
    packing: { deflate: async (text) => text, inflate: async (packed) => packed },
    clock: () => NOW + timers.now(),
    events: { emit: (event) => void events.push(event) },
    appVersion: '0.2.0',
    onAnswer: () => undefined,
  }
  const loopPorts: LoopPorts = {
    ...ports,
    status: { update: (change) => void shown.push(change) },
    chance: () => 0.5,
    timers,
    tryLock: async (work) => {
      await work()
      return true
    },
    onError: (error) => void errors.push(error),
  }
  const device: SyncDevice = {
    memory,
    store,
    ports,
    loopPorts,
    script,
    asked,
    events,
    shown,
    errors,
    timers,
    sell: async (...numbers) => {
      for (const number of numbers) await store.commitSale(saleOf(number))
    },
  }
  if (isLoaded)
    await store.applyLoadPage(null, { ...loadPage(), ...noRows, installId: await idOfInstall(store) }, NOW)
  return device
}

const fakePair = {} as CryptoKeyPair

async function idOfInstall(store: Store): Promise<string> {
  return (await store.loadInstall())!.installId
}

const noRows = { records: [], orders: [], segments: [], registers: [] }

/** It forgets nothing that it has acknowledged. */
function obedientServer(): Script {
  let heldSeq = 0
  return {
    push: async ({ firstSeq, opIds }: PushRequest) => {
      heldSeq = Math.max(heldSeq, firstSeq + opIds.length - 1)
      return accepted(firstSeq + opIds.length - 1)
    },
    pull: async ({ cursor }) => answer(page({ from: cursor, next: cursor, head: cursor, ackedSeq: heldSeq })),
    load: async () => answer({ ...loadPage(), ackedSeq: heldSeq, rows: JSON.stringify(noRows) }),
    rejoin: async () => {
      heldSeq = 0
      return answer(
        success({
          tenantId: 'tenant',
          epoch,
          kind: 'register',
          storeId: idOf(2),
          registerId: idOf(3),
          receiptSeries: 8,
        }),
      )
    },
  }
}

function recording(script: Script, asked: SyncDevice['asked']): SyncServer {
  return {
    push: (request) => (asked.push.push(request), script.push(request)),
    pull: (request) => (asked.pull.push(request), script.pull(request)),
    load: (request) => (asked.load.push(request), script.load(request)),
    rejoin: (request) => (asked.rejoin.push(request), script.rejoin(request)),
  }
}

/** A page of changes; nothing new unless `changes` says so. */
export function page(changes: Partial<PullPage> = {}): PullPage {
  return {
    kind: 'page',
    epoch,
    from: 10,
    next: 10,
    head: 10,
    ackedSeq: 0,
    serverTime: NOW,
    ordersSince: '2025-10-21',
    digest: null,
    ...noRows,
    ...changes,
  }
}

/** The only page of a load up to version 10. */
export function loadPage() {
  return {
    kind: 'page' as const,
    epoch,
    scope: { id: scopeId, storeId: idOf(2), registerId: idOf(3) },
    startVersion: 10,
    after: null as string | null,
    share: 1,
    ackedSeq: 0,
    ordersSince: '2025-10-21',
    packs: [],
  }
}

export const scopeId = 'register 0b1f6a52-1f0e-4c5e-9d55-4d8f5e1a7c02 0b1f6a52-1f0e-4c5e-9d55-4d8f5e1a7c03'

export type VirtualTimers = Timers & {
  /** ms since the start. */
  now(): number
  /** Delays that are pending, in ms from now. */
  pending(): number[]
  /** Lets time pass, with what is due in it. */
  pass(durationMs: number): Promise<void>
}

export function virtualTimers(): VirtualTimers {
  let now = 0
  let pending: { readonly at: number; readonly run: () => void }[] = []
  return {
    now: () => now,
    pending: () => pending.map(({ at }) => at - now),
    after: (delayMs, run) => {
      const timer = { at: now + delayMs, run }
      pending.push(timer)
      return () => {
        pending = pending.filter((each) => each !== timer)
      }
    },
    pass: async (durationMs) => {
      const end = now + durationMs
      for (;;) {
        const next = pending.toSorted((one, other) => one.at - other.at)[0]
        if (!next || next.at > end) break
        pending = pending.filter((each) => each !== next)
        now = next.at
        next.run()
        await settled()
      }
      now = end
    },
  }
}

/** Everything that can go on without a timer has gone on. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}
