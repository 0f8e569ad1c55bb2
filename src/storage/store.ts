import type { Business, RecordDocuments, RecordKind } from '#domain/catalogue.ts'
import type { OpenOrder } from '#domain/order.ts'
import type { Segment } from '#domain/rollups.ts'
import type { Operation } from '#sync/operation.ts'
import type { PushReply, SentRun } from '#sync/push-state.ts'
import { hasBallast, restoreBallast } from './ballast.ts'
import { applyLoadPage, applyPage, beginLoadAgain } from './changes.ts'
import { type Database, loadMeta, openDatabase, saveMeta } from './database.ts'
import {
  forgetEnrolment,
  type Identity,
  keepIdentity,
  loadIdentity,
  type NewEnrolment,
  saveEnrolment,
} from './enrolment.ts'
import { loadOperations, loadUnsent, recordPush } from './journal.ts'
import { listOrders, listOwnOrdersAbove, saveOpenOrder, saveParked, takeParked } from './orders.ts'
import type { PinFailures, RecordRow, SessionRow, SyncRow } from './rows.ts'
import { changePinFailures } from './pin-failures.ts'
import { commitSale, type SaleToCommit } from './sale.ts'

/** The device's data. Every call is one transaction of its own; times are ms since 1970, given by the caller. */
export type Store = ReturnType<typeof storeOn>

/** Opens the device's database. Throws StoreIsNewerError where a newer release has upgraded it. */
export async function openStore(name = 'evertill'): Promise<Store> {
  return storeOn(await openDatabase(name))
}

function storeOn(database: Database) {
  return {
    ...deviceOn(database),
    ...tillOn(database),
    ...syncOn(database),
    ...readingOn(database),
    close: () => database.close(),
  }
}

function deviceOn(database: Database) {
  return {
    loadInstall: () => loadMeta(database, 'install'),
    saveEnrolment: (enrolment: NewEnrolment) => saveEnrolment(database, enrolment),
    loadIdentity: () => loadIdentity(database),
    keepIdentity: (offered: Identity) => keepIdentity(database, offered),
    forgetEnrolment: () => forgetEnrolment(database),
    loadSession: () => loadMeta(database, 'session'),
    saveSession: (session: SessionRow) => saveMeta(database, 'session', session),
    /** Says that a tab of the person signed in is still open. */
    touchSession: (now: number) =>
      database.transaction('rw', [database.meta], async () => {
        const session = await loadMeta(database, 'session')
        if (session) await saveMeta(database, 'session', { ...session, seenAt: now })
      }),
    deleteSession: () => database.meta.delete('session'),
    /** Changes one person's row in a transaction, so that tries in two tabs are both counted. */
    changePinFailures: <T>(
      staffId: string,
      change: (before: PinFailures) => { after: PinFailures; answer: T },
    ) => changePinFailures(database, staffId, change),
    hasBallast,
    restoreBallast,
  }
}

function tillOn(database: Database) {
  return {
    commitSale: (sale: SaleToCommit) => commitSale(database, sale),
    saveOpenOrder: (order: OpenOrder | null) => saveOpenOrder(database, order),
    loadOpenOrder: () => loadMeta(database, 'openOrder'),
    saveParked: (order: OpenOrder) => saveParked(database, order),
    takeParked: (orderId: string) => takeParked(database, orderId),
    deleteParked: (orderId: string) => database.parked.delete(orderId),
    listParked: () => database.parked.toArray(),
  }
}

function syncOn(database: Database) {
  return {
    loadSync: () => loadMeta(database, 'sync'),
    /** Consecutive operations from `fromSeq` on. */
    loadOperations: (fromSeq: number, most: number): Promise<Operation[]> =>
      loadOperations(database, fromSeq, most),
    loadUnsent: () => loadUnsent(database),
    recordPush: (sent: SentRun, reply: PushReply, now: number) => recordPush(database, sent, reply, now),
    applyPage: (page: Parameters<typeof applyPage>[1], now: number) => applyPage(database, page, now),
    applyLoadPage: (askedAfter: string | null, page: Parameters<typeof applyLoadPage>[2], now: number) =>
      applyLoadPage(database, askedAfter, page, now),
    beginLoadAgain: (seen: Pick<SyncRow, 'epoch' | 'cursor'>, epoch: string, now: number) =>
      beginLoadAgain(database, seen, epoch, now),
  }
}

function readingOn(database: Database) {
  return {
    listRecords: (): Promise<RecordRow[]> => database.records.toArray(),
    loadRecord: async <Kind extends RecordKind>(
      kind: Kind,
      id: string,
    ): Promise<RecordDocuments[Kind] | null> =>
      ((await database.records.get([kind, id]))?.doc as RecordDocuments[Kind] | undefined) ?? null,
    loadBusiness: async (): Promise<Business | null> =>
      ((await database.records.where('[kind+id]').between(['business', ''], ['business', '\uffff']).first())
        ?.doc as Business | undefined) ?? null,
    /** In the order of the keys; undefined where there is no such record any more. */
    loadRecords: (keys: readonly (readonly [RecordKind, string])[]): Promise<(RecordRow | undefined)[]> =>
      database.records.bulkGet(keys.map(([kind, id]): [string, string] => [kind, id])),
    listSegments: async (): Promise<Segment[]> =>
      (await database.segments.toArray()).map((row) => row.segment),
    /** When the server last heard of each register. */
    listContacts: () => database.contacts.toArray(),
    /** Own sales that the segments may not hold yet: those above `(await loadSync()).pulledSeq`, to be held against each segment's `included`. */
    listOwnOrdersAbove: (seq: number) => listOwnOrdersAbove(database, seq),
    loadOrder: async (orderId: string) => (await database.orders.get(orderId)) ?? null,
    /** Newest first, without the first `skip`. */
    listOrders: (skip: number, most: number) => listOrders(database, skip, most),
  }
}
