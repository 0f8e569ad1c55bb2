import type { PaidOrder } from '#domain/order.ts'
import { emptyJournal, verifyRun } from '#sync/journal.ts'
import { browserRoom } from '../../src/storage/ballast.ts'
import { openDatabase } from '../../src/storage/database.ts'
import { storedDigest } from '../../src/storage/digest.ts'
import { browserInflate } from '../../src/storage/compression.ts'
import type { Act } from '../../src/storage/journalling.ts'
import type { CommittedSale, SaleToCommit } from '../../src/storage/sale.ts'
import { openStore, type Store, storeOn } from '../../src/storage/store.ts'
import { failAtWrite } from '../storage/failing-storage.ts'
import { compareRecords } from './record-leaves-model.ts'
import { makeOldProfile } from './storage-old-profile.ts'

/** What the tests call in the page: the real storage, with as little around it as can be. */
const storagePage = {
  openStore,
  openDatabase,
  compareRecords,
  openFailingStore,
  storedDigest,
  restoreBallast: browserRoom.restoreBallast,
  makeOldProfile,
  enrol,
  saleOf,
  sellOne,
  sell,
  act,
  operationsOf,
  verifyJournal,
  countRows,
  readRows,
}

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
    scopeId: 'register store register',
    receiptSeries: 7,
  })
}

/** A store whose n-th write of each transaction is followed by one that fails. */
async function openFailingStore(failAt: number): Promise<Store> {
  const storage = failAtWrite(await openDatabase('evertill'), failAt)
  return storeOn({ storage, room: browserRoom, inflate: browserInflate })
}

function act(): Act {
  return { opId: crypto.randomUUID(), actorId: null, occurredAt: 1_763_683_200_000 }
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

async function sellOne(store: Store, orderId: string, note: string | null = null): Promise<CommittedSale> {
  const sold = await store.commitSale(saleOf(orderId, note))
  if (!sold.ok) throw new Error(sold.failure.code)
  return sold.value
}

/** Sells `count` orders at once; answers their receipt numbers. */
async function sell(store: Store, prefix: string, count: number): Promise<string[]> {
  const sold = await Promise.all(
    Array.from({ length: count }, (_, index) => sellOne(store, `${prefix}-${index}`)),
  )
  return sold.map(({ order }) => order.receiptNumber)
}

async function operationsOf(store: Store) {
  return (await store.loadRun(1, 100_000)).operations
}

async function verifyJournal(store: Store) {
  const operations = await operationsOf(store)
  const install = await store.loadInstall()
  return {
    check: verifyRun(emptyJournal(install?.installId ?? ''), operations),
    kinds: operations.map(({ kind }) => kind),
  }
}

/** Rows per table, counted past the storage layer. */
async function countRows(): Promise<Record<string, number>> {
  return Object.fromEntries(Object.entries(await readRows()).map(([name, rows]) => [name, rows.length]))
}

/** All rows of all tables, read past the storage layer. */
async function readRows(): Promise<Record<string, unknown[]>> {
  const database = await done(indexedDB.open('evertill'))
  const rows: Record<string, unknown[]> = {}
  for (const name of database.objectStoreNames)
    rows[name] = await done(database.transaction(name).objectStore(name).getAll())
  database.close()
  return rows
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB failed')))
  })
}
