import type { PaidOrder } from '#domain/order.ts'
import { appendOperation } from '#sync/journal.ts'
import type { JournalHead, Operation, OperationKind } from '#sync/operation.ts'
import { type Database, loadMeta, needMeta } from './database.ts'
import { withRoom } from './room.ts'
import type { OrderRow, ShiftRow } from './rows.ts'

/** A sale with everything that can be known before its transaction; receipt number and shift come from the transaction. */
export type SaleToCommit = {
  readonly order: Omit<PaidOrder, 'receiptNumber' | 'shiftId'>
  readonly opId: string
  /** For the shift that is opened when none is. */
  readonly newShift: { readonly shiftId: string; readonly opId: string }
}

export type CommittedSale = { readonly order: PaidOrder; readonly seq: number; readonly hash: string }

/**
 * [C1] Commits a sale in one strict transaction: operation, order with its payments and movements, receipt number, shift
 * totals; the open or parked order goes. Resolves after `complete`. An order that was paid before answers as it did then.
 */
export function commitSale(database: Database, sale: SaleToCommit): Promise<CommittedSale> {
  const { meta, journal, orders, parked, shifts } = database
  return withRoom(database, () =>
    database.transaction('rw', [meta, journal, orders, parked, shifts], async () => {
      const [paidBefore, install, head, receipt, openShift, openOrder] = await Promise.all([
        orders.get(sale.order.orderId),
        needMeta(database, 'install'),
        needMeta(database, 'journal'),
        needMeta(database, 'receipt'),
        shifts.where('isOpen').equals(1).first(),
        loadMeta(database, 'openOrder'),
      ])
      if (paidBefore) return soldAs(paidBefore)

      const journalled = startJournalling(head, install.installId, sale)
      const shift = openShift ?? journalled.openShift()
      const order: PaidOrder = {
        ...sale.order,
        // [C2] From rows of this transaction: two tabs cannot take the same number, and none is skipped.
        receiptNumber: `${receipt.series}-${receipt.next}`,
        shiftId: shift.shiftId,
      }
      const operation = journalled.append(sale.opId, 'order.paid', order)
      const { seq, hash } = operation
      const isOpenOrder = openOrder?.orderId === order.orderId
      // Fired together: awaiting row by row would keep the transaction open for a round trip each.
      await Promise.all([
        journal.bulkAdd(journalled.operations),
        orders.add(orderRow(order, operation)),
        shifts.put(withSale(shift, order)),
        meta.bulkPut([
          { key: 'journal', value: journalled.head() },
          { key: 'receipt', value: { ...receipt, next: receipt.next + 1 } },
        ]),
        parked.delete(order.orderId),
        isOpenOrder ? meta.delete('openOrder') : undefined,
      ])
      return { order, seq, hash }
    }),
  )
}

/** Collects the operations of one transaction, each chained to the one before. */
function startJournalling(start: JournalHead, installId: string, { order, newShift }: SaleToCommit) {
  let head = start
  const operations: Operation[] = []
  const append = (opId: string, kind: OperationKind, payload: unknown): Operation => {
    const appended = appendOperation(head, {
      opId,
      installId,
      kind,
      kindVersion: 1,
      actorId: order.staffId,
      occurredAt: order.occurredAt,
      payload,
    })
    head = appended.head
    operations.push(appended.operation)
    return appended.operation
  }
  const openShift = (): ShiftRow => {
    const { storeId, registerId, occurredAt: openedAt } = order
    const opened = { shiftId: newShift.shiftId, registerId, openedAt, openingFloatMinor: 0 }
    append(newShift.opId, 'shift.opened', { ...opened, storeId })
    return { ...opened, isOpen: 1, orderCount: 0, cashMinor: 0, netMinor: 0 }
  }
  return { operations, append, openShift, head: () => head }
}

function orderRow(order: PaidOrder, { seq, hash }: Operation): OrderRow {
  const { orderId, occurredAt, receiptNumber } = order
  // Version 0 until the server's own version of it is pulled.
  return { orderId, seq, hash, occurredAt, receiptNumber, generation: 0, v: 0, order }
}

function withSale(shift: ShiftRow, { payments, totals }: PaidOrder): ShiftRow {
  const cash = payments.filter((payment) => payment.tender === 'cash')
  return {
    ...shift,
    orderCount: shift.orderCount + 1,
    cashMinor: cash.reduce((sum, payment) => sum + payment.amountMinor, shift.cashMinor),
    netMinor: shift.netMinor + totals.netMinor,
  }
}

function soldAs({ order, seq, hash }: OrderRow): CommittedSale {
  return { order, seq: seq ?? 0, hash: hash ?? '' }
}
