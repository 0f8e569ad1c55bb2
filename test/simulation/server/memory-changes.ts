import type { RecordChange } from '#protocol/pull.ts'
import type { OrderChange } from '#protocol/pull.ts'
import { digestKeys, digestOf, digestText } from '#sync/digest.ts'
import type {
  ChangeRows,
  ChangesSnapshot,
  ChangesStore,
  InstallState,
} from '../../../server/use-cases/ports.ts'
import { lifeOf } from './known-rows.ts'
import type { MemoryDatabase, ServerPace, ServerView } from './memory-database.ts'
import { packsAfter, refundedOrders, unpacked } from './order-packs.ts'
import { toSegment } from './segment-columns.ts'
import type { SegmentSums, StoredOrder, StoredRecord } from './tables.ts'

export type ChangesLimits = {
  readonly records: number
  readonly orders: number
  readonly segments: number
}

/** True time, ms since 1970: the server's clock. */
export type ServerClock = () => number

const ORDERS_DAYS = 30
const TOMBSTONE_MS = 90 * 86_400_000

/** The stores behind reading changes, in memory. */
export function createMemoryChanges(
  database: MemoryDatabase,
  pace: ServerPace,
  clock: ServerClock,
  limits: ChangesLimits,
): ChangesStore {
  return {
    inSnapshot: (install, work) =>
      database.snapshot(pace, (view) => work(snapshotOf(view, install, clock, limits, () => view.step()))),
    heard: (install, { cursor, journalSeq }) =>
      database.transact(pace, async (tx) => {
        await tx.lock(`install ${install.installId}`)
        const row = tx.get('installs', install.installId)
        if (!row) return
        const reportedSeq = Math.max(row.reportedSeq, journalSeq)
        // [I16] What is unsent was done with rows as they were at the earlier cursor: that one counts on.
        const counts = row.head.seq >= journalSeq ? cursor : Math.min(row.cursor ?? cursor, cursor)
        tx.set('installs', install.installId, { ...row, heardAt: clock(), cursor: counts, reportedSeq })
      }),
    compact: () =>
      database.transact(pace, async (tx) => {
        await tx.lock('head')
        const life = lifeOf(tx)
        const floor = compactionFloor(tx, clock())
        const gone = tx.list('records').filter(([, row]) => row.isDeleted && row.v <= floor)
        for (const [key] of gone) tx.delete('records', key)
        const compactedV = Math.max(life.compactedV, ...gone.map(([, row]) => row.v))
        tx.set('life', '', { ...life, compactedV })
        return gone.length
      }),
  }
}

/** [L6] Least cursor of the devices that still come. */
function compactionFloor(view: ServerView, now: number): number {
  const cursors = view
    .list('installs')
    .map(([, row]) => row)
    .filter((row) => !row.isRevoked && row.heardAt !== null && now - row.heardAt <= TOMBSTONE_MS)
    .map((row) => row.cursor ?? 0)
  return cursors.length > 0 ? Math.min(...cursors) : lifeOf(view).v
}

function snapshotOf(
  view: ServerView,
  install: InstallState,
  clock: ServerClock,
  limits: ChangesLimits,
  step: () => Promise<void>,
): ChangesSnapshot {
  const since = ordersSinceAt(clock())
  const rows = scopedRows(view, install, since)
  const contacts = () => contactsOf(view)
  return {
    epoch: async () => {
      await step()
      return lifeOf(view).epoch
    },
    head: async () => lifeOf(view).v,
    compactedV: async () => lifeOf(view).compactedV,
    ordersSince: async () => since,
    ackedSeq: async (v) => {
      await step()
      let acked = 0
      for (const [, row] of view.list('operations'))
        if (row.operation.installId === install.installId && row.v <= v)
          acked = Math.max(acked, row.operation.seq)
      return acked
    },
    pageEnd: async (cursor, head) => {
      await step()
      return Math.min(
        cut(rows.records(), cursor, head, limits.records),
        cut(rows.segments(), cursor, head, limits.segments),
        cut(rows.orders(), cursor, head, limits.orders),
      )
    },
    changed: async (above, upTo) => {
      await step()
      const within = <T extends { readonly v: number }>(all: T[]): T[] =>
        all.filter(({ v }) => v > above && v <= upTo).sort((one, other) => one.v - other.v)
      return {
        records: within(rows.records()).map(toRecordChange),
        orders: within(rows.orders()).map(toOrderChange),
        segments: within(rows.segments()).map(toSegment),
        registers: contacts(),
      }
    },
    digest: async () => {
      await step()
      return digestsOf(rows)
    },
    loadPage: async (phase, afterKey) => {
      await step()
      switch (phase) {
        case 'records':
          return page(
            rows.records().filter((row) => !row.isDeleted),
            (row) => `${row.kind} ${row.id}`,
            afterKey,
            limits.records,
            (some) => ({ records: some.map(toRecordChange) }),
          )
        case 'segments':
          return page(
            rows.segments(),
            (row) => `${row.storeId} ${row.month}`,
            afterKey,
            limits.segments,
            (some) => ({ segments: some.map(toSegment) }),
          )
        case 'packs': {
          if (install.storeId === null) return { rows: {}, packs: [], after: null }
          const { packs, orders, after } = packsAfter(view, install.storeId, Number(afterKey), limits.orders)
          return { rows: { orders: orders.map(toOrderChange) }, packs, after }
        }
        case 'orders':
          return page(
            install.storeId === null
              ? []
              : [...unpacked(view, install.storeId), ...refundedOrders(view, install.storeId)].filter(
                  ({ order }) => order.businessDay >= since,
                ),
            (row) => row.order.orderId,
            afterKey,
            limits.orders,
            (some) => ({ orders: some.map(toOrderChange) }),
          )
      }
    },
    contacts: async () => contacts(),
  }
}

export function ordersSinceAt(now: number): string {
  return new Date(now - ORDERS_DAYS * 86_400_000).toISOString().slice(0, 10)
}

export type ScopedRows = {
  records(): StoredRecord[]
  orders(): StoredOrder[]
  segments(): SegmentSums[]
}

/** [L7] What an install is to hold. */
export function scopedRows(
  view: ServerView,
  { kind, storeId }: Pick<InstallState, 'kind' | 'storeId'>,
  ordersSince: string,
): ScopedRows {
  const isInScope = (of: string | null): boolean => kind === 'office' || of === null || of === storeId
  return {
    records: () =>
      view
        .list('records')
        .map(([, row]) => row)
        .filter((row) => isInScope(row.storeId)),
    orders: () =>
      kind === 'office'
        ? []
        : view
            .list('orders')
            .map(([, row]) => row)
            .filter((row) => isInScope(row.order.storeId) && row.order.businessDay >= ordersSince),
    segments: () =>
      view
        .list('segments')
        .map(([, row]) => row)
        .filter((row) => isInScope(row.storeId)),
  }
}

function digestsOf(rows: ScopedRows) {
  const live = rows.records().filter((row) => !row.isDeleted)
  return {
    records: digestText(digestOf(live.map(({ kind, id, v }) => ({ key: digestKeys.record(kind, id), v })))),
    orders: digestText(
      digestOf(rows.orders().map(({ order, v }) => ({ key: digestKeys.order(order.orderId), v }))),
    ),
    segments: digestText(
      digestOf(
        rows.segments().map(({ storeId, month, v }) => ({ key: digestKeys.segment(storeId, month), v })),
      ),
    ),
  }
}

function contactsOf(view: ServerView) {
  const heard = new Map<string, number | null>()
  for (const [, { registerId, heardAt }] of view.list('installs')) {
    if (registerId === null) continue
    const before = heard.get(registerId) ?? null
    heard.set(registerId, before === null ? heardAt : Math.max(before, heardAt ?? 0))
  }
  return [...heard].map(([registerId, heardAt]) => ({ registerId, heardAt }))
}

/** All rows of one version in one page: it ends before the first version that would be cut. */
function cut(rows: { readonly v: number }[], cursor: number, head: number, most: number): number {
  const vs = rows
    .map(({ v }) => v)
    .filter((v) => v > cursor)
    .sort((one, other) => one - other)
  if (vs.length < most) return head
  const [first, last] = [vs[0]!, vs[most - 1]!]
  return last > first ? last - 1 : last
}

function page<T>(
  all: T[],
  keyOf: (row: T) => string,
  afterKey: string,
  most: number,
  toRows: (rows: T[]) => Partial<ChangeRows>,
) {
  const sorted = all
    .map((row) => ({ key: keyOf(row), row }))
    .filter(({ key }) => key > afterKey)
    .sort((one, other) => (one.key < other.key ? -1 : 1))
  const some = sorted.slice(0, most)
  const after = some.length === most ? some.at(-1)!.key : null
  return { rows: toRows(some.map(({ row }) => row)), packs: [], after }
}

function toRecordChange({ kind, id, v, isDeleted, doc }: StoredRecord): RecordChange {
  return { kind, id, v, isDeleted, doc: isDeleted ? null : doc }
}

function toOrderChange({ order, v, status, installId, shiftId }: StoredOrder): OrderChange {
  return {
    id: order.orderId,
    v,
    isWithdrawn: false,
    isRefunded: status === 'refunded',
    installId,
    doc: { ...order, shiftId },
  }
}
