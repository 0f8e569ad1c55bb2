import type { OpenOrder } from '#domain/order.ts'
import type { OrderRow, PackRow } from '../../../src/storage/rows.ts'
import type { SaleToCommit } from '../../../src/storage/sale.ts'
import { openStore, type Store } from '../../../src/storage/store.ts'
import { measureRound, type Round, timed } from '../measure.ts'
import { commitRaw, openRawTill, type RawTill, type ReadySale, readySale } from '../raw-sale.ts'
import { copyDatabase, requested } from './copy-database.ts'
import { type DataSet, makeSales } from './documents.ts'

/** Two tills with the same rows: one sells through the product's storage, the other by hand. */
export type Tills = { readonly store: Store; readonly raw: RawTill }

type Durability = 'strict' | 'relaxed'

const salesAWrite = 2_000
const [ourName, rawName] = ['evertill', 'raw']
const seenDurability = new Set<string>()
let forced: Durability | null = null

/** Of the device that was enrolled here; its worker must have ended. `first` is sold before, as it opens the shift. */
export async function openTills(first: SaleToCommit): Promise<Tills> {
  await openShift(first)
  await copyDatabase(ourName, rawName)
  watchDurability()
  return { store: await openStore(ourName), raw: await openRawTill(rawName) }
}

/** Half of the sales strict, half relaxed, ours and by hand taking turns: ms until the transaction is complete. */
export async function sellInTurns({ store, raw }: Tills, data: DataSet): Promise<Round> {
  const sales = makeSales(data)
  const next = () => {
    const sale = sales.next()
    if (sale.done) throw new Error('There are not enough sales')
    return sale.value
  }
  const times: Record<string, readonly number[]> = {}
  for (const durability of ['strict', 'relaxed'] as const) {
    // The storage asks for strict by itself; it is overruled for the other reading only.
    forced = durability === 'strict' ? null : durability
    seenDurability.clear()
    const round = await measureRound(
      {
        [`raw ${durability}`]: () => {
          const ready = readySale(raw, next())
          return timed(() => commitRaw(raw, ready, { durability, readsFirst: true }))
        },
        [`evertill ${durability}`]: async () => {
          const sale = next()
          // It was built on this screen, as every order at a till is.
          await store.saveOpenOrder(openOrderOf(sale), sale.order.occurredAt)
          return timed(async () => soldOf(await store.commitSale(sale)))
        },
      },
      Math.floor(data.orderCount / 4),
    )
    const seen = [...seenDurability].join()
    if (seen !== durability)
      throw new Error(`Sales were committed with durability ${seen}, not ${durability}`)
    Object.assign(times, round)
  }
  return times
}

/** Stores the sales as the product would have, but thousands to a transaction: by itself it would take a minute for them. */
export async function writeUnsent(data: DataSet): Promise<void> {
  const [first, ...others] = makeSales(data)
  await openShift(first!)
  const raw = await openRawTill(ourName)
  for (let start = 0; start < others.length; start += salesAWrite) {
    const ready = others.slice(start, start + salesAWrite).map((sale) => readySale(raw, sale))
    await writeAll(raw.database, ready)
  }
  raw.database.close()
}

/** The orders that this device holds, as rows or in packs; a row counts before what was packed earlier. */
export async function tallyOrders(): Promise<{ readonly orders: number; readonly totalMinor: number }> {
  const database = await requested(indexedDB.open(ourName))
  const totals = new Map<string, number>()
  if (database.objectStoreNames.contains('packs')) {
    const packs = (await requested(database.transaction('packs').objectStore('packs').getAll())) as PackRow[]
    for (const { pack } of packs)
      for (const [place, orderId] of pack.orderIds.entries()) totals.set(orderId, pack.totalsMinor[place]!)
  }
  const rows = (await requested(database.transaction('orders').objectStore('orders').getAll())) as OrderRow[]
  for (const { orderId, order } of rows) {
    if (order) totals.set(orderId, order.totals.totalMinor)
    else totals.delete(orderId)
  }
  database.close()
  const totalMinor = [...totals.values()].reduce((sum, minor) => sum + minor, 0)
  return { orders: totals.size, totalMinor }
}

function writeAll(database: IDBDatabase, sales: readonly ReadySale[]): Promise<unknown> {
  const tx = database.transaction(['meta', 'journal', 'orders'], 'readwrite')
  for (const { operation, order } of sales) {
    tx.objectStore('journal').add(operation)
    tx.objectStore('orders').add(order)
  }
  tx.objectStore('meta').put(sales.at(-1)!.meta)
  return new Promise((resolve, reject) => {
    tx.addEventListener('complete', resolve)
    tx.addEventListener('abort', () => reject(tx.error ?? new Error('The transaction was aborted')))
  })
}

async function openShift(first: SaleToCommit): Promise<void> {
  const store = await openStore(ourName)
  soldOf(await store.commitSale(first))
  store.close()
}

function openOrderOf({ order }: SaleToCommit): OpenOrder {
  const { orderId, occurredAt, lines, orderDiscount, customerId, note } = order
  return { orderId, openedAt: occurredAt, lines, orderDiscount, customerId, note, parkedAs: null }
}

function soldOf(committed: Awaited<ReturnType<Store['commitSale']>>): void {
  if (!committed.ok) throw new Error(committed.failure.sentence)
}

/** Notes with what durability the browser really commits, and overrules it where `forced`. */
function watchDurability(): void {
  const begin = IDBDatabase.prototype.transaction
  IDBDatabase.prototype.transaction = function (tables, mode, options) {
    const tx = begin.call(this, tables, mode, forced ? { ...options, durability: forced } : options)
    if (mode === 'readwrite') seenDurability.add(tx.durability)
    return tx
  }
}
