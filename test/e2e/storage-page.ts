import { emptyJournal, verifyRun } from '#sync/journal.ts'
import type { PaidOrder } from '#domain/order.ts'
import { restoreBallast } from '../../src/storage/ballast.ts'
import { openStore, type Store } from '../../src/storage/store.ts'
import type { SaleToCommit } from '../../src/storage/sale.ts'

/** What the tests call in the page: the real storage, with as little around it as can be. */
const storagePage = { openStore, restoreBallast, enrol, saleOf, sell, verifyJournal, countRows }

export type StoragePage = typeof storagePage

Object.assign(globalThis, { storagePage })

const installId = '0b1f6a52-1f0e-4c5e-9d55-4d8f5e1a7c01'

async function enrol(store: Store): Promise<void> {
  await store.saveEnrolment({
    install: {
      installId,
      tenantId: 'tenant',
      kind: 'register',
      storeId: 'store',
      registerId: 'register',
      enrolledAt: 1,
    },
    epoch: 'epoch-1',
    receiptSeries: 7,
  })
}

/** A sale for 3.00 in cash, as big as `note` makes it. */
function saleOf(orderId: string, note: string | null = null): SaleToCommit {
  const order: Omit<PaidOrder, 'receiptNumber' | 'shiftId'> = {
    orderId,
    storeId: 'store',
    registerId: 'register',
    status: 'paid',
    occurredAt: 1_763_683_200_000,
    businessDay: '2025-11-21',
    businessHour: 0,
    staffId: null,
    customerId: null,
    refundOf: null,
    pricing: {
      currency: { code: 'EUR', exponent: 2, cashRoundingMinor: 1 },
      taxMode: 'inclusive',
      taxRounding: 'line',
    },
    lines: [],
    orderDiscount: null,
    totals: { grossMinor: 300, discountMinor: 0, netMinor: 300, taxMinor: 0, taxes: [], totalMinor: 300 },
    cashRoundingMinor: 0,
    payments: [
      { paymentId: `${orderId}-p`, tender: 'cash', amountMinor: 300, tenderedMinor: 300, changeMinor: 0 },
    ],
    movements: [],
    note,
  }
  return {
    order,
    opId: crypto.randomUUID(),
    newShift: { shiftId: crypto.randomUUID(), opId: crypto.randomUUID() },
  }
}

/** Sells `count` orders at once; answers their receipt numbers. */
async function sell(store: Store, prefix: string, count: number): Promise<string[]> {
  const sold = await Promise.all(
    Array.from({ length: count }, (_, index) => store.commitSale(saleOf(`${prefix}-${index}`))),
  )
  return sold.map(({ order }) => order.receiptNumber)
}

async function verifyJournal(store: Store) {
  const operations = await store.loadOperations(1, 100_000)
  return { check: verifyRun(emptyJournal(installId), operations), kinds: operations.map(({ kind }) => kind) }
}

/** Rows per table, counted past the storage layer. */
async function countRows(): Promise<Record<string, number>> {
  const database = await done(indexedDB.open('evertill'))
  const counts: Record<string, number> = {}
  for (const name of database.objectStoreNames)
    counts[name] = await done(database.transaction(name).objectStore(name).count())
  database.close()
  return counts
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB failed')))
  })
}
