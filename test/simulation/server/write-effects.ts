import { addCells, cellsOfOrder, listCells } from '#domain/reduce-sales.ts'
import type { SalesCells } from '#domain/rollups.ts'
import type { Payment } from '#domain/order.ts'
import type { Effects, ExtraPayments, MovementWrite, OrderWrite } from '../../../server/use-cases/ports.ts'
import { lateFacts } from './late-facts.ts'
import type { ServerTransaction } from './memory-database.ts'
import { type MovementRow, stockText } from './tables.ts'

/** Writes down what a batch changes, under version `v`. */
export function writeEffects(tx: ServerTransaction, effects: Effects, v: number): void {
  for (const shift of effects.shiftsOpened) {
    const { shiftId, storeId, registerId, installId, openingFloatMinor } = shift
    const held = tx.get('shifts', shiftId)
    // One whose close came first gets its beginning now.
    if (held && held.installId !== null) continue
    const opened = { ...notClosed, ...held, shiftId, storeId, registerId, installId, openingFloatMinor }
    tx.set('shifts', shiftId, opened)
  }
  for (const { registerId, shiftId } of effects.adoptions) takeLateFacts(tx, registerId, shiftId, v)
  for (const each of effects.orders) writeOrder(tx, each, v)
  for (const each of effects.extraPayments) writeExtraPayments(tx, each, v)
  for (const id of effects.refundedOrderIds) {
    const row = tx.get('orders', id)
    if (row) tx.set('orders', id, { ...row, status: 'refunded', v })
  }
  for (const { shiftId, storeId, registerId, zNumber, countedCashMinor } of effects.shiftsClosed) {
    const held = tx.get('shifts', shiftId)
    if (held?.isClosed) continue
    const row = held ?? { ...notClosed, shiftId, storeId, registerId, installId: null, openingFloatMinor: 0 }
    tx.set('shifts', shiftId, { ...row, isClosed: true, zNumber, countedCashMinor })
  }
  for (const { cashMovementId, shiftId, registerId, kind, amountMinor } of effects.cashMoved)
    tx.set('cash', cashMovementId, { shiftId, registerId, kind, amountMinor })
  for (const movement of effects.movements) writeMovement(tx, movement, v)
  for (const { kind, id, storeId, isDeleted, doc, writers } of effects.records)
    tx.set('records', `${kind}/${id}`, { kind, id, storeId, isDeleted, doc, writers, v })
}

const notClosed = { isClosed: false, zNumber: null, countedCashMinor: null }

/** What tables of a real database can't hold: a day that is none, a number beyond 64 bits. */
export function isStorable(effects: Effects): boolean {
  return effects.orders.every(({ order }) => {
    const isDay = !Number.isNaN(Date.parse(`${order.businessDay}T00:00:00Z`))
    const written = new Date(`${order.businessDay}T00:00:00Z`)
    return (
      isDay &&
      written.toISOString().startsWith(order.businessDay) &&
      Math.abs(order.totals.totalMinor) < 2 ** 63 &&
      order.lines.every((line) => Math.abs(line.quantityMilli) < 2 ** 53)
    )
  })
}

function writeOrder(tx: ServerTransaction, { order, installId, seq, shiftId }: OrderWrite, v: number): void {
  if (tx.get('orders', order.orderId)) return
  const { orderId, storeId, registerId } = order
  const isShiftLate = shiftId === null && order.shiftId !== null
  tx.set('orders', orderId, { order, installId, seq, shiftId, isShiftLate, status: 'paid', v })
  tx.set('receiptNumbers', order.receiptNumber, orderId)
  for (const payment of order.payments)
    writePayment(tx, { payment, orderId, storeId, shiftId, registerId, isExtra: false })
  for (const { movementId, productId, variantId, quantityMilli } of order.movements) {
    const stockKey = stockText({ storeId, productId, variantId })
    moveStock(tx, movementId, { stockKey, kind: 'sale', quantityMilli, installId, seq, v })
  }
  addToSegment(tx, { storeId, day: order.businessDay, installId, seq, v }, cellsOfOrder(order))
}

function writeExtraPayments(tx: ServerTransaction, extra: ExtraPayments, v: number): void {
  const { orderId, storeId, businessDay: day, installId, seq, shiftId, payments } = extra
  const registerId = tx.get('installs', installId)?.registerId ?? ''
  for (const payment of payments)
    writePayment(tx, { payment, orderId, storeId, shiftId, registerId, isExtra: true })
  tx.set('receiptNumbers', extra.receiptNumber, orderId)
  const tenders = payments.map(({ tender, amountMinor }) => ({ day, tender, payments: 1, amountMinor }))
  addToSegment(tx, { storeId, day, installId, seq, v }, { hours: [], products: [], tenders })
}

function writePayment(
  tx: ServerTransaction,
  row: {
    payment: Payment
    orderId: string
    storeId: string
    shiftId: string | null
    registerId: string
    isExtra: boolean
  },
): void {
  if (!tx.get('payments', row.payment.paymentId)) tx.set('payments', row.payment.paymentId, row)
}

function writeMovement(tx: ServerTransaction, movement: MovementWrite, v: number): void {
  const { movementId, kind, quantityMilli, installId, seq } = movement
  moveStock(tx, movementId, { stockKey: stockText(movement), kind, quantityMilli, installId, seq, v })
}

function moveStock(tx: ServerTransaction, movementId: string, row: MovementRow): void {
  if (tx.get('movements', movementId)) return
  tx.set('movements', movementId, row)
  const { levelMilli, isKept } = tx.get('stock', row.stockKey) ?? { levelMilli: 0, isKept: false }
  const keeps = row.kind === 'count' || row.kind === 'received'
  tx.set('stock', row.stockKey, { levelMilli: levelMilli + row.quantityMilli, isKept: isKept || keeps })
}

/** [R6] What came too late for a closed shift counts in the next one of its register. */
function takeLateFacts(tx: ServerTransaction, registerId: string, shiftId: string, v: number): void {
  const { orders, payments, cash } = lateFacts(tx, registerId)
  for (const [key, row] of orders) tx.set('orders', key, { ...row, shiftId, isShiftLate: false, v })
  for (const [key, row] of payments) tx.set('payments', key, { ...row, shiftId })
  for (const [key, row] of cash) tx.set('cash', key, { ...row, shiftId })
}

type SegmentPlace = {
  readonly storeId: string
  readonly day: string
  readonly installId: string
  readonly seq: number
  readonly v: number
}

function addToSegment(tx: ServerTransaction, place: SegmentPlace, cells: SalesCells): void {
  const { storeId, installId, seq, v } = place
  const month = place.day.slice(0, 7)
  const key = `${storeId}/${month}`
  const before = tx.get('segments', key)
  const sums = { hours: new Map(), products: new Map(), tenders: new Map() }
  if (before) addCells(sums, before.cells)
  addCells(sums, cells)
  const included = {
    ...before?.included,
    [installId]: Math.max(before?.included[installId] ?? 0, seq),
  }
  tx.set('segments', key, { storeId, month, v, included, cells: listCells(sums) })
}
