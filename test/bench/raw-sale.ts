import type { PaidOrder } from '#domain/order.ts'
import { appendOperation } from '#sync/journal.ts'
import type { JournalHead, Operation } from '#sync/operation.ts'
import type { MetaRow, OrderRow, ReceiptRow, ShiftRow } from '../../src/storage/rows.ts'
import type { SaleToCommit } from '../../src/storage/sale.ts'

/** A database of the product's schema, opened without the product, and where its journal is. */
export type RawTill = {
  readonly database: IDBDatabase
  readonly installId: string
  readonly shift: ShiftRow
  head: JournalHead
  receipt: ReceiptRow
}

/** The records that one sale leaves behind, made beforehand: writing them is all that is left. */
export type ReadySale = {
  readonly orderId: string
  readonly operation: Operation
  readonly order: OrderRow
  readonly shift: ShiftRow
  readonly meta: readonly MetaRow[]
}

const stores = ['meta', 'journal', 'orders', 'parked', 'shifts']

/** Opens a database that is enrolled and has an open shift. */
export async function openRawTill(name: string, installId: string): Promise<RawTill> {
  const database = await done(indexedDB.open(name))
  const tx = database.transaction(['meta', 'shifts'])
  const meta = (key: string): Promise<MetaRow> => done(tx.objectStore('meta').get(key))
  const [head, receipt, shift] = await Promise.all([
    meta('journal'),
    meta('receipt'),
    done<ShiftRow>(tx.objectStore('shifts').index('isOpen').get(1)),
  ])
  return {
    database,
    installId,
    shift,
    head: head.value as JournalHead,
    receipt: receipt.value as ReceiptRow,
  }
}

/** Journals the sale as the product does and moves the till's journal on. */
export function readySale(till: RawTill, { order: sold, opId }: SaleToCommit): ReadySale {
  const { series, next } = till.receipt
  const order: PaidOrder = { ...sold, receiptNumber: `${series}-${next}`, shiftId: till.shift.shiftId }
  const { orderId, occurredAt, receiptNumber } = order
  const { operation, head } = appendOperation(till.head, {
    opId,
    installId: till.installId,
    kind: 'order.paid',
    kindVersion: 1,
    actorId: order.staffId,
    occurredAt,
    payload: order,
  })
  const { seq, hash } = operation
  till.head = head
  till.receipt = { series, next: next + 1 }
  return {
    orderId,
    operation,
    order: { orderId, seq, hash, occurredAt, receiptNumber, generation: 0, v: 0, order },
    shift: { ...till.shift, orderCount: till.shift.orderCount + 1 },
    meta: [
      { key: 'journal', value: head },
      { key: 'receipt', value: till.receipt },
    ],
  }
}

/** One transaction by hand: where `readsFirst`, what the product reads is read, all at once, and then written. */
export function commitRaw(
  { database }: RawTill,
  sale: ReadySale,
  { durability, readsFirst }: { durability: 'strict' | 'relaxed'; readsFirst: boolean },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const tx = database.transaction(stores, 'readwrite', { durability })
    tx.addEventListener('complete', () => resolve())
    tx.addEventListener('abort', () => reject(tx.error ?? new Error('The transaction was aborted')))
    if (!readsFirst) writeSale(tx, sale)
    else lastRead(tx, sale.orderId).addEventListener('success', () => writeSale(tx, sale))
  })
}

/** Requests of one transaction are answered in their order: when the last is, all are. */
function lastRead(tx: IDBTransaction, orderId: string): IDBRequest {
  tx.objectStore('orders').get(orderId)
  for (const key of ['install', 'journal', 'receipt']) tx.objectStore('meta').get(key)
  tx.objectStore('shifts').index('isOpen').get(1)
  return tx.objectStore('meta').get('openOrder')
}

function writeSale(tx: IDBTransaction, { orderId, operation, order, shift, meta }: ReadySale): void {
  tx.objectStore('journal').add(operation)
  tx.objectStore('orders').add(order)
  tx.objectStore('shifts').put(shift)
  for (const row of meta) tx.objectStore('meta').put(row)
  tx.objectStore('parked').delete(orderId)
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB failed')))
  })
}
