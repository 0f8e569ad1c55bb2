import type { PaidOrder } from '#domain/order.ts'
import { appendOperation } from '#sync/journal.ts'
import type { Operation } from '#sync/operation.ts'
import { orderRow } from '../../src/storage/order-row.ts'
import type { JournalRow, MetaRow, OrderRow } from '../../src/storage/rows.ts'
import type { SaleToCommit } from '../../src/storage/sale.ts'

/** A database of the product's schema, opened without the product, and where its journal is. */
export type RawTill = { readonly database: IDBDatabase; journal: JournalRow }

/** The records that one sale leaves behind, made beforehand: writing them is all that is left. */
export type ReadySale = {
  readonly operation: Operation
  readonly order: OrderRow
  readonly meta: MetaRow
}

const stores = ['meta', 'journal', 'orders', 'records', 'overlays']

/** Opens a database that is enrolled and has an open shift. */
export async function openRawTill(name: string): Promise<RawTill> {
  const database = await done(indexedDB.open(name))
  const row = await done<MetaRow>(database.transaction('meta').objectStore('meta').get('journal'))
  return { database, journal: row.value as JournalRow }
}

/** Journals the sale as the product does and moves the till's journal on. */
export function readySale(till: RawTill, { order: sold, opId }: SaleToCommit): ReadySale {
  const { receipt, openShift, installId } = till.journal
  const { series, next } = receipt!
  const order: PaidOrder = { ...sold, receiptNumber: `${series}-${next}`, shiftId: openShift!.shiftId }
  const { operation, head } = appendOperation(till.journal, {
    opId,
    installId,
    kind: 'order.paid',
    kindVersion: 1,
    actorId: order.staffId,
    occurredAt: order.occurredAt,
    payload: order,
  })
  till.journal = {
    ...till.journal,
    ...head,
    receipt: { series, next: next + 1 },
    openOrder: null,
    openShift: { ...openShift!, orderCount: openShift!.orderCount + 1 },
  }
  return {
    operation,
    order: orderRow(order, operation),
    meta: { key: 'journal', value: till.journal },
  }
}

/** One transaction by hand: where `readsFirst`, what the product reads is read and then written. */
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
    else
      tx.objectStore('meta')
        .get('journal')
        .addEventListener('success', () => writeSale(tx, sale))
  })
}

function writeSale(tx: IDBTransaction, { operation, order, meta }: ReadySale): void {
  tx.objectStore('journal').add(operation)
  tx.objectStore('orders').add(order)
  tx.objectStore('meta').put(meta)
  // As the product does: otherwise the browser asks once more whether there is more to write.
  tx.commit()
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB failed')))
  })
}
