import { wrap } from 'comlink'
import type { Product } from '#domain/catalogue.ts'
import type { OpenOrder, TenderKind } from '#domain/order.ts'
import type { Sold } from '../../../src/worker/api-selling.ts'
import type { DeviceApi } from '../../../src/worker/api.ts'
import type { CompletedOrder } from '../ledger.ts'

/** What the torture calls in the page: the real worker, without screens. The address says which variant of it. */
const device = wrap<DeviceApi>(
  new Worker(`worker.js${location.search}`, { type: 'module' }),
) as unknown as DeviceApi

const torturePage = { device, sell, refund, readRows, fill, clearFill, usedBytes, hasBallast }

export type TorturePage = typeof torturePage

Object.assign(globalThis, { torturePage })

declare global {
  var torturePage: TorturePage
}

type Outcome = { readonly ok: true; readonly done: Done } | { readonly ok: false; readonly code: string }
type Done = Omit<CompletedOrder, 'kind' | 'installId'>

let catalogue: readonly Product[] | null = null

/** Sells one piece of each of these products of the catalogue. Resolves as `payOrder` does. */
async function sell(indexes: readonly number[], tender: TenderKind, note: string | null): Promise<Outcome> {
  catalogue ??= await device.records('product')
  const order = orderOf(
    indexes.map((index) => catalogue![index % catalogue!.length]!),
    note,
  )
  const dueMinor = order.lines.reduce((sum, line) => sum + line.unitPriceMinor, 0)
  return outcomeOf(await device.payOrder(order, [{ tender, amountMinor: dueMinor, tenderedMinor: dueMinor }]))
}

/** Takes the first line of a sale back. */
async function refund(orderId: string, tender: TenderKind): Promise<Outcome> {
  const held = await device.order(orderId)
  const line = held?.order.lines[0]
  if (!line) return { ok: false, code: 'torture/no-such-sale' }
  return outcomeOf(await device.refundOrder(orderId, [{ lineId: line.lineId, quantityMilli: 1000 }], tender))
}

function outcomeOf(result: Awaited<ReturnType<DeviceApi['payOrder']>>): Outcome {
  return result.ok ? { ok: true, done: doneOf(result.value) } : { ok: false, code: result.failure.code }
}

function doneOf({ order, seq, hash }: Sold): Done {
  return {
    ...{ seq, hash, orderId: order.orderId, receiptNumber: order.receiptNumber },
    ...{ totalMinor: order.totals.totalMinor, movements: order.movements.length },
    payments: order.payments.map(({ paymentId, amountMinor }) => ({ paymentId, amountMinor })),
  }
}

function orderOf(products: readonly Product[], note: string | null): OpenOrder {
  return {
    orderId: crypto.randomUUID(),
    openedAt: Date.now(),
    lines: products.map((product) => ({
      lineId: crypto.randomUUID(),
      productId: product.productId,
      variantId: product.variants[0]!.variantId,
      categoryId: product.categoryId,
      name: product.name,
      variantName: null,
      sku: null,
      quantityMilli: 1000,
      unitPriceMinor: product.variants[0]!.priceMinor,
      modifiers: [],
      discount: null,
      taxRates: [],
      note,
      catalogueVersion: 1,
      isStockTracked: product.isStockTracked,
    })),
    orderDiscount: null,
    customerId: null,
    note,
    parkedAs: null,
  }
}

/** The device's rows, past all of our code. */
async function readRows() {
  const database = await done(indexedDB.open('evertill'))
  const tx = database.transaction(['meta', 'journal', 'orders'])
  const read = async (name: string): Promise<unknown[]> => done(tx.objectStore(name).getAll())
  const [meta, journal, orders] = await Promise.all([read('meta'), read('journal'), read('orders')])
  database.close()
  return { meta, journal, orders }
}

const FILL = 'torture-fill'

/** Random data beside ours until the browser has no room for it; answers how many bytes went in. */
async function fill(): Promise<number> {
  const cache = await caches.open(FILL)
  let bytes = 0
  for (let size = 256 * 1024; size >= 1024;) {
    try {
      await cache.put(`/fill/${crypto.randomUUID()}`, new Response(randomBytes(size)))
      bytes += size
    } catch {
      size = Math.floor(size / 4)
    }
  }
  return bytes
}

function clearFill(): Promise<boolean> {
  return caches.delete(FILL)
}

function randomBytes(size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size)
  for (let start = 0; start < size; start += 65_536)
    crypto.getRandomValues(bytes.subarray(start, Math.min(size, start + 65_536)))
  return bytes
}

async function usedBytes(): Promise<number> {
  return (await navigator.storage.estimate()).usage ?? 0
}

async function hasBallast(): Promise<boolean> {
  const folder = await navigator.storage.getDirectory()
  return folder.getFileHandle('evertill-ballast').then(
    () => true,
    () => false,
  )
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB failed')))
  })
}
