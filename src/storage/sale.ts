import { failed, type Result, success } from '#domain/failure.ts'
import type { PaidOrder } from '#domain/order.ts'
import { inJournal } from './journalling.ts'
import { orderRow } from './order-row.ts'
import { layOver } from './overlays.ts'
import type { Device } from './room.ts'
import type { OrderRow, ReceiptRow, ShiftRow } from './rows.ts'
import { needShift, type NewShift } from './shift.ts'
import type { WriteTransaction } from './tables.ts'

/** A sale with everything that can be known before its transaction; receipt number and shift come from the transaction. */
export type SaleToCommit = {
  readonly order: Omit<PaidOrder, 'receiptNumber' | 'shiftId'>
  readonly opId: string
  readonly newShift: NewShift
}

export type CommittedSale = { readonly order: PaidOrder; readonly seq: number; readonly hash: string }

/** What else must be so, and is written, in the transaction of an order. */
type Beside = (tx: WriteTransaction) => Promise<Result<() => void>>

/**
 * [C1] Commits a sale in one strict transaction: operation, order with its payments and movements, receipt number, shift
 * totals; the order leaves the screen and the park list. An order that was paid here before answers as it did then.
 * Failures: `sale/paid-elsewhere`, as far as this device knows ([R4]).
 */
export function commitSale(device: Device, sale: SaleToCommit): Promise<Result<CommittedSale>> {
  return commitOrder(device, sale, () => nothingBeside)
}

/** The same for a sale and a refund: both are paid orders. */
export function commitOrder(
  device: Device,
  { order, opId, newShift }: SaleToCommit,
  beside: Beside,
): Promise<Result<CommittedSale>> {
  const { orderId, occurredAt, staffId: actorId } = order
  const committed = inJournal(device, occurredAt, ['orders', 'records', 'overlays'], async (tx, opening) => {
    const composing = opening.compose((next) => {
      const { receipt } = next.row()
      if (receipt === null) throw new Error('This device has no receipt numbers: it is not a register.')
      const shift = needShift(next, { actorId, occurredAt }, order, newShift)
      const paid: PaidOrder = { ...order, receiptNumber: numberOf(receipt), shiftId: shift.shiftId }
      const operation = next.append({ opId, actorId, occurredAt }, 'order.paid', paid)
      // [C2] From the row of this transaction: two tabs cannot take the same number, and none is skipped.
      next.change({ receipt: { ...receipt, next: receipt.next + 1 }, openShift: withOrder(shift, paid) })
      next.closeOrder(orderId)
      return { paid, operation }
    })
    const [permitted, { journal, composed, stored }] = await Promise.all([beside(tx), composing])
    if (!permitted.ok) return { answer: permitted }

    const { paid, operation } = composed
    // Fails where the order is paid already, and the transaction with it: looking first would cost each sale a request.
    tx.add('orders', [orderRow(paid, operation)])
    permitted.value()
    const { openOrder } = stored
    const isKnown = openOrder?.orderId === orderId && !openOrder.isParked
    if (!isKnown && (await tx.get('records', ['parked-order', orderId]))) await layOver(tx, [operation])
    return { journal, answer: success({ order: paid, seq: operation.seq, hash: operation.hash }) }
  })
  return committed.catch(async (error: unknown) => {
    const held = isTaken(error) && (await device.storage.read(['orders'], (tx) => tx.get('orders', orderId)))
    if (held) return answerAgain(held)
    throw error
  })
}

function isTaken(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'ConstraintError'
}

const nothingBeside = Promise.resolve(success(() => {}))

function numberOf({ series, next }: ReceiptRow): string {
  return `${series}-${next}`
}

function withOrder(shift: ShiftRow, { payments, totals }: PaidOrder): ShiftRow {
  const cash = payments.filter((payment) => payment.tender === 'cash')
  return {
    ...shift,
    orderCount: shift.orderCount + 1,
    cashMinor: cash.reduce((sum, payment) => sum + payment.amountMinor, shift.cashMinor),
    netMinor: shift.netMinor + totals.netMinor,
  }
}

function answerAgain({ order, seq, hash }: OrderRow): Result<CommittedSale> {
  if (order === null || seq === undefined || hash === undefined) return paidElsewhere
  return success({ order, seq, hash })
}

const paidElsewhere = failed(
  'sale/paid-elsewhere',
  'This order is paid already, at another register.',
  'Give the money back and begin a new order.',
)
