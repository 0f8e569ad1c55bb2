import { PROTOCOL_VERSION } from '#protocol/version.ts'
import type { Operation } from '#sync/operation.ts'
import type { RecordEdit } from '#sync/edit.ts'
import type { Store } from '../storage/store.ts'
import type { DeviceApi } from './api.ts'
import type { DrillReport, Readiness, ReadinessCheck, SyncFacts, UnsentCard } from './api-device.ts'
import type { ResidentCatalogue } from './catalogue.ts'
import type { Clock } from './dependencies.ts'
import type { Drill } from './drill.ts'
import type { Events } from './events.ts'
import { assessReadiness } from './readiness.ts'
import type { Session } from './session.ts'
import type { Status } from './status.ts'
import type { Timers } from './sync-ports.ts'

export type SyncPageDependencies = {
  readonly store: Store
  readonly status: Pick<Status, 'read'>
  readonly catalogue: Pick<ResidentCatalogue, 'list' | 'find'>
  readonly session: Pick<Session, 'staffList'>
  readonly drill: Drill
  readonly events: Pick<Events, 'emit'>
  readonly clock: Clock
  readonly timers: Timers
  readonly appVersion: string
  readonly sign: (text: string) => Promise<string>
  readonly arePagesKept: () => Promise<boolean>
  /** Resolves when the cycle has ended. */
  readonly wakeSync: () => Promise<void>
}

export type SyncPage = Pick<DeviceApi, 'syncFacts' | 'unsentOperations' | 'readiness' | 'endDrill'>

/** What the page about this device's exchange shows, and the rehearsal of an outage. */
export function createSyncPage(dependencies: SyncPageDependencies): SyncPage {
  const { store, catalogue } = dependencies
  return {
    syncFacts: () => readFacts(dependencies),
    unsentOperations: async (most) =>
      Promise.all((await store.listUnsent(most)).map((operation) => cardOf(operation, catalogue))),
    readiness: () => readReadiness(dependencies),
    endDrill: () => endDrill(dependencies),
  }
}

async function readFacts(dependencies: SyncPageDependencies): Promise<SyncFacts> {
  const { store, status, catalogue, drill, appVersion } = dependencies
  const [shown, sync, exported, use, conflicts, tasks, { lastReport }] = await Promise.all([
    status.read(),
    store.loadSync(),
    store.loadExported(),
    store.loadStorageUse(),
    catalogue.list('conflict'),
    catalogue.list('task'),
    store.loadDrill(),
  ])
  const running = drill.running()
  return {
    ...shown,
    ackedSeq: sync?.ackedSeq ?? 0,
    chain: sync === null ? null : await chainHead(store, shown.journalSeq),
    lastPullAt: sync?.lastPullAt ?? null,
    exportedSeq: exported?.seq ?? 0,
    openConflicts: conflicts.filter(({ state }) => state === 'open').length,
    openTasks: tasks.filter(({ state }) => state === 'open').length,
    storage: use,
    protocol: PROTOCOL_VERSION,
    appVersion,
    lastDigest: sync?.lastDigest ?? null,
    clockAheadMs: sync?.clockAheadMs ?? null,
    drill: running && { startedAt: running.startedAt, endsAt: running.endsAt },
    lastDrill: lastReport as DrillReport | null,
  }
}

async function chainHead(store: Store, journalSeq: number): Promise<string> {
  const { operations, previousChain } = await store.loadRun(Math.max(journalSeq, 1), 1)
  return operations[0]?.chain ?? previousChain
}

async function readReadiness(dependencies: SyncPageDependencies): Promise<Readiness> {
  const { store, status, catalogue, session, clock, sign, arePagesKept } = dependencies
  const [shown, sync, people, products, storage, canSign, kept] = await Promise.all([
    status.read(),
    store.loadSync(),
    session.staffList(),
    catalogue.list('product'),
    store.loadStorageUse(),
    sign('evertill-readiness').then(
      () => true,
      () => false,
    ),
    arePagesKept(),
  ])
  return assessReadiness({
    now: clock(),
    status: shown,
    sync,
    people,
    activeProducts: products.filter(({ isActive }) => isActive).length,
    storage,
    canSign,
    arePagesKept: kept,
  })
}

const REPORT_AFTER_MS = 60_000
const LOOK_EVERY_MS = 1_000

/** Connects again, gives what was sold meanwhile a minute to arrive, and says how the device stood. */
async function endDrill(dependencies: SyncPageDependencies): Promise<DrillReport> {
  const { store, drill, events, clock, timers, wakeSync } = dependencies
  const running = await drill.end()
  if (running === null) {
    const { lastReport } = await store.loadDrill()
    return (lastReport as DrillReport | null) ?? nothingRehearsed(clock())
  }
  const endedAt = clock()
  await untilSent(store, timers, wakeSync)
  const [sales, sync, { checks }] = await Promise.all([
    store.listOwnOrdersAbove(running.startSeq),
    store.loadSync(),
    readReadiness(dependencies),
  ])
  const arrived = sales.filter(({ seq }) => seq <= (sync?.ackedSeq ?? 0)).length
  const report: DrillReport = {
    startedAt: running.startedAt,
    endedAt,
    operations: sales.length,
    checks: checks.map((check) => (check.key === 'journal' ? journalCheck(arrived, sales.length) : check)),
  }
  await store.saveDrill({ lastReport: report })
  events.emit({ topics: ['status'] })
  return report
}

/** For a minute at most: another tab may be at it, or the network is really gone. */
async function untilSent(
  store: Pick<Store, 'loadUnsent'>,
  timers: Timers,
  wakeSync: () => Promise<void>,
): Promise<void> {
  let isOver = false
  let callOff = (): void => undefined
  const aMinute = new Promise<void>((resolve) => {
    callOff = timers.after(REPORT_AFTER_MS, () => {
      isOver = true
      resolve()
    })
  })
  while (!isOver) {
    await Promise.race([wakeSync().catch(() => undefined), aMinute])
    if ((await store.loadUnsent()).operations === 0) break
    await Promise.race([new Promise<void>((resolve) => timers.after(LOOK_EVERY_MS, resolve)), aMinute])
  }
  callOff()
}

function journalCheck(arrived: number, sold: number): ReadinessCheck {
  const key = 'journal'
  if (sold === 0)
    return {
      key,
      state: 'attention',
      sentence: 'Nothing was sold during the outage.',
      mend: 'Sell something in the next one.',
    }
  return arrived === sold
    ? {
        key,
        state: 'ok',
        sentence:
          sold === 1
            ? 'The sale of the outage has arrived.'
            : `All ${sold} sales of the outage have arrived.`,
        mend: null,
      }
    : {
        key,
        state: 'attention',
        sentence: `${arrived} of the ${sold} sales of the outage have arrived.`,
        mend: 'The others are sent by themselves once the network is back.',
      }
}

function nothingRehearsed(now: number): DrillReport {
  return { startedAt: now, endedAt: now, operations: 0, checks: [] }
}

/** Payloads are those of this release: this device wrote them. */
async function cardOf(
  { seq, kind, occurredAt, payload }: Operation,
  catalogue: Pick<ResidentCatalogue, 'find'>,
): Promise<UnsentCard> {
  const facts = JSON.parse(payload) as {
    readonly receiptNumber?: string
    readonly totals?: { readonly totalMinor: number }
  }
  return {
    seq,
    kind,
    occurredAt,
    receiptNumber: kind === 'order.paid' ? (facts.receiptNumber ?? null) : null,
    totalMinor: kind === 'order.paid' ? (facts.totals?.totalMinor ?? null) : null,
    recordName: kind === 'record.edited' ? await nameOf(facts as unknown as RecordEdit, catalogue) : null,
  }
}

/** As it is called now; a deleted one as it was. */
async function nameOf(
  { kind, id, fields }: RecordEdit,
  catalogue: Pick<ResidentCatalogue, 'find'>,
): Promise<string | null> {
  const doc = await catalogue.find(kind, id)
  if (doc) return doc.name
  const whole = fields['']
  const base: unknown = whole && 'base' in whole ? whole.base : null
  return base instanceof Object && 'name' in base && typeof base.name === 'string' ? base.name : null
}
