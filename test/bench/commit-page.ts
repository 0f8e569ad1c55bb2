import type { Store as Shop } from '#domain/catalogue.ts'
import type { OpenOrder, PaidOrder } from '#domain/order.ts'
import { priceOrder } from '#domain/price-order.ts'
import type { SaleToCommit } from '../../src/storage/sale.ts'
import { openStore, type Store } from '../../src/storage/store.ts'
import { buildSale } from '../../src/worker/build-sale.ts'
import { measureRound, type Round, timed } from './measure.ts'
import { commitRaw, openRawTill, type RawTill, readySale } from './raw-sale.ts'
import { newId, sampleLines, samplePricing, sampleProducts, seededRandom } from './sample-order.ts'

type Durability = 'strict' | 'relaxed'
type Tills = {
  readonly store: Store
  readonly raw: RawTill
  readonly rawMaking: RawTill
  readonly rawWrites: RawTill
}

/** What the bench calls in the page: the real storage beside the browser's own database. */
const commitPage = { prepare, measure, countRows }

export type CommitPage = typeof commitPage

Object.assign(globalThis, { commitPage })

const names = { evertill: 'evertill', raw: 'raw', rawMaking: 'raw-making', rawWrites: 'raw-writes' } as const
const installId = '0b1f6a52-1f0e-4c5e-9d55-4d8f5e1a7c01'
const shop: Shop = {
  storeId: '0b1f6a52-1f0e-4c5e-9d55-4d8f5e1a7c02',
  name: 'Main Street',
  address: '',
  timeZone: 'America/New_York',
  pricing: samplePricing,
  receiptFooter: '',
}
const random = seededRandom(5)
const products = sampleProducts(200)
const seenDurability = new Set<string>()
let forced: Durability | null = null
let tills: Tills

/** Four databases of the product's schema, each with that many orders of other registers and an open shift. */
async function prepare(orderCount: number): Promise<void> {
  watchDurability()
  for (const name of Object.values(names)) await makeTill(name, orderCount)
  tills = {
    store: await openStore(names.evertill),
    raw: await openRawTill(names.raw),
    rawMaking: await openRawTill(names.rawMaking),
    rawWrites: await openRawTill(names.rawWrites),
  }
}

/** Each commits that many sales, taking turns: ms of each, from its call until its transaction is complete. */
async function measure(durability: Durability, saleCount: number): Promise<Round> {
  // Our storage asks for strict by itself; it is overruled for the other reading only.
  forced = durability === 'strict' ? null : durability
  seenDurability.clear()
  const { store, raw, rawMaking, rawWrites } = tills
  const round = await measureRound(
    {
      raw: () => timeRaw(raw, { durability, readsFirst: true }),
      'journal text and hashes alone': () => {
        const { sale } = sampleSale()
        return timed(() => readySale({ ...raw }, sale))
      },
      'raw that journals and hashes': () => {
        const { sale } = sampleSale()
        return timed(() => commitRaw(rawMaking, readySale(rawMaking, sale), { durability, readsFirst: true }))
      },
      'raw, writes only': () => timeRaw(rawWrites, { durability, readsFirst: false }),
      evertill: async () => {
        const { order, sale } = sampleSale()
        await store.saveOpenOrder(order, Date.now())
        return timed(() => store.commitSale(sale))
      },
    },
    saleCount,
  )
  const seen = [...seenDurability].join()
  if (seen !== durability) throw new Error(`Sales were committed with durability ${seen}, not ${durability}`)
  return round
}

/** Records in each database, by table: all of them have to hold the same. */
async function countRows(): Promise<Record<string, Record<string, number>>> {
  const counts: Record<string, Record<string, number>> = {}
  for (const [name, { database }] of Object.entries({
    raw: tills.raw,
    rawMaking: tills.rawMaking,
    rawWrites: tills.rawWrites,
  }))
    counts[name] = await countTables(database)
  const own = await openRawTill(names.evertill)
  counts['evertill'] = await countTables(own.database)
  own.database.close()
  return counts
}

async function countTables(database: IDBDatabase): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const table of database.objectStoreNames) {
    const request = database.transaction(table).objectStore(table).count()
    counts[table] = await new Promise((resolve) =>
      request.addEventListener('success', () => resolve(request.result)),
    )
  }
  return counts
}

/** Only the commit is timed: the raw side has its records ready, hashes included. */
function timeRaw(till: RawTill, how: Parameters<typeof commitRaw>[2]): Promise<number> {
  const ready = readySale(till, sampleSale().sale)
  return timed(() => commitRaw(till, ready, how))
}

async function makeTill(name: string, orderCount: number): Promise<void> {
  const store = await openStore(name)
  await store.saveEnrolment({
    install: {
      installId,
      tenantId: 'tenant',
      kind: 'register',
      storeId: shop.storeId,
      registerId: 'register',
      enrolledAt: 1,
    },
    epoch: 'epoch',
    scopeId: 'scope',
    receiptSeries: 7,
  })
  const orders = Array.from({ length: orderCount }, (_, index) => {
    const order: PaidOrder = { ...sampleSale().sale.order, receiptNumber: `8-${index + 1}`, shiftId: null }
    return { id: order.orderId, v: 1, isWithdrawn: false, isRefunded: false, doc: order }
  })
  const rows = { records: [], segments: [], registers: [], orders }
  await store.applyLoadPage(
    null,
    {
      epoch: 'epoch',
      scope: { id: 'scope' },
      ordersSince: '2020-01-01',
      startVersion: 1,
      after: null,
      share: 1,
      ackedSeq: 0,
      packs: [],
      installId,
      ...rows,
    },
    1,
  )
  const { order, sale } = sampleSale()
  await store.saveOpenOrder(order, 1)
  await store.commitSale(sale)
  store.close()
}

/** Five lines, paid by card, and the order as it stood on the screen. */
function sampleSale(): { order: OpenOrder; sale: SaleToCommit } {
  const order: OpenOrder = {
    orderId: newId(),
    openedAt: Date.now(),
    lines: sampleLines(products, 5, random),
    orderDiscount: null,
    customerId: null,
    note: null,
    parkedAs: null,
  }
  const { totalMinor } = priceOrder(order, shop.pricing).totals
  const built = buildSale(order, [{ tender: 'card', amountMinor: totalMinor, tenderedMinor: totalMinor }], {
    store: shop,
    registerId: 'register',
    staffId: 'staff',
    now: Date.now(),
    newId,
  })
  if (!built.ok) throw new Error(built.failure.sentence)
  return { order, sale: built.value }
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
