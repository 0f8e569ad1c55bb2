import type { StaffRole } from '#domain/catalogue.ts'
import type { Staff } from '#domain/catalogue.ts'
import type { StockCounted } from '#protocol/facts.ts'
import type {
  InstallState,
  Known,
  KnownOrder,
  KnownRecord,
  KnownShift,
  Mentioned,
} from '../../../server/use-cases/ports.ts'
import { waitingShare } from './late-facts.ts'
import type { ServerView } from './memory-database.ts'
import { type InstallRow, type LifeRow, type StoredOrder, type StoredShift, stockText } from './tables.ts'

/** The only tenant of a simulated server. */
export const TENANT_ID = '00000000-0000-4000-8000-00000000007e'

export function lifeOf(view: ServerView): LifeRow {
  return view.get('life', '')!
}

export function installState(row: InstallRow): InstallState {
  const { installId, kind, storeId, registerId, publicKey, head, isRevoked } = row
  return { tenantId: TENANT_ID, installId, kind, storeId, registerId, publicKey, head, isRevoked }
}

/** What the tables hold of what a batch mentions. The caller has locked the tenant's version. */
export function knownRows(
  view: ServerView,
  install: InstallState,
  mentioned: Mentioned,
  nextV: number,
): Known {
  const orders = view.list('orders').map(([, row]) => row)
  const life = lifeOf(view)
  return {
    nextV,
    epoch: life.epoch,
    operations: new Map(
      mentioned.opIds.flatMap((id) => {
        const key = view.get('operationIds', id)
        const held = key === undefined ? undefined : view.get('operations', key)
        return held ? [[id, held.operation] as const] : []
      }),
    ),
    activeStaff: activeStaff(view, mentioned.staffIds),
    orders: mapOf(mentioned.orderIds, (id) => knownOrder(view.get('orders', id))),
    refundedMinor: refunded(orders, mentioned.orderIds),
    payments: new Set(mentioned.paymentIds.filter((id) => view.get('payments', id) !== undefined)),
    receiptNumbers: new Set(
      mentioned.receiptNumbers.filter((number) => view.get('receiptNumbers', number) !== undefined),
    ),
    shifts: mapOf(mentioned.shiftIds, (id) => {
      const shift = view.get('shifts', id)
      return shift && shiftSums(view, shift)
    }),
    openShifts: mapOf(mentioned.registerIds, (id) => openShiftOf(view, id)),
    waiting: mapOf(mentioned.openingRegisterIds, (id) => waitingShare(view, id)),
    records: new Map(
      mentioned.records.flatMap(([kind, id]): [string, KnownRecord][] => {
        const row = view.get('records', `${kind}/${id}`)
        if (!row) return []
        const { v, isDeleted, doc, writers } = row
        return [[`${kind}/${id}`, { v, isDeleted, doc, writers }]]
      }),
    ),
    stock: mapOf(
      mentioned.stock.map((key) => stockText(key)),
      (key) => view.get('stock', key),
    ),
    seenStockMilli: new Map(
      mentioned.counts.map((count) => [count.movementId, seenStock(view, install, count, life.epoch)]),
    ),
  }
}

/** [I10] The sums of the facts held for a shift. */
export function shiftSums(view: ServerView, shift: StoredShift): KnownShift {
  const { shiftId, installId, registerId, isClosed } = shift
  const orders = view.list('orders').filter(([, row]) => row.shiftId === shiftId)
  const cashPayments = view
    .list('payments')
    .filter(([, row]) => row.shiftId === shiftId && row.payment.tender === 'cash')
  const moved = view.list('cash').filter(([, row]) => row.shiftId === shiftId)
  return {
    installId,
    registerId,
    isClosed,
    orderCount: orders.length,
    netMinor: sum(orders, ([, row]) => row.order.totals.netMinor),
    expectedCashMinor:
      shift.openingFloatMinor +
      sum(cashPayments, ([, row]) => row.payment.amountMinor) +
      sum(moved, ([, row]) => (row.kind === 'paid-in' ? row.amountMinor : -row.amountMinor)),
  }
}

function openShiftOf(view: ServerView, registerId: string): string | undefined {
  const open = view.list('shifts').filter(([, row]) => row.registerId === registerId && !row.isClosed)
  return open.at(-1)?.[0]
}

function activeStaff(view: ServerView, ids: readonly string[]): Map<string, StaffRole> {
  return mapOf(ids, (id) => {
    const row = view.get('records', `staff/${id}`)
    const staff = row && !row.isDeleted ? (row.doc as Staff) : undefined
    return staff?.isActive ? staff.role : undefined
  })
}

function knownOrder(row: StoredOrder | undefined): KnownOrder | undefined {
  return (
    row && {
      installId: row.installId,
      seq: row.seq,
      totalMinor: row.order.totals.totalMinor,
      status: row.status,
    }
  )
}

function refunded(orders: readonly StoredOrder[], ids: readonly string[]): Map<string, number> {
  const sums = new Map<string, number>()
  for (const { order } of orders)
    if (order.refundOf !== null && ids.includes(order.refundOf))
      sums.set(order.refundOf, (sums.get(order.refundOf) ?? 0) - order.totals.totalMinor)
  return sums
}

function seenStock(
  view: ServerView,
  install: InstallState,
  count: StockCounted,
  epoch: string,
): number | null {
  if (count.seenEpoch !== epoch) return null
  const key = stockText(count)
  const seen = view
    .list('movements')
    .filter(
      ([, row]) =>
        row.stockKey === key &&
        (row.v <= count.seenCursor || (row.installId === install.installId && row.seq <= count.seenSeq)),
    )
  return sum(seen, ([, row]) => row.quantityMilli)
}

function mapOf<T>(keys: readonly string[], read: (key: string) => T | undefined): Map<string, T> {
  const found = new Map<string, T>()
  for (const key of keys) {
    const value = read(key)
    if (value !== undefined) found.set(key, value)
  }
  return found
}

function sum<T>(rows: readonly T[], read: (row: T) => number): number {
  return rows.reduce((total, row) => total + read(row), 0)
}
