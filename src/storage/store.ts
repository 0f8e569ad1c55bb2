import type { Business, ParkedOrder, RecordDocuments, RecordKind } from '#domain/catalogue.ts'
import type { OpenOrder } from '#domain/order.ts'
import type { Segment } from '#domain/rollups.ts'
import type { ConflictSettled, RecordEdit } from '#sync/edit.ts'
import type { PushReply } from '#sync/push-state.ts'
import { browserRoom } from './ballast.ts'
import { listCarried, recordCarried, recordMissing, saveCarried } from './carried.ts'
import {
  applyLoadPage,
  applyPage,
  type LoadPageCame,
  noteRevoked,
  noteUpgradeNeeded,
  type PageCame,
} from './changes.ts'
import { openDatabase } from './database.ts'
import { compareDigest } from './digest.ts'
import { loadDrill, saveDrill } from './drill.ts'
import { commitEdit, finishTask, settleConflict } from './edits.ts'
import {
  forgetEnrolment,
  type Identity,
  keepIdentity,
  loadIdentity,
  type NewEnrolment,
  loadReceiptSeries,
  readmit,
  saveEnrolment,
} from './enrolment.ts'
import {
  listUnsent,
  loadExported,
  loadRun,
  loadUnsent,
  markExported,
  recordPush,
  type SentOf,
} from './journal.ts'
import type { Act } from './journalling.ts'
import { browserInflate } from './compression.ts'
import { loadMeta, saveMeta } from './meta.ts'
import { loadOpenOrder, saveOpenOrder } from './open-order.ts'
import { listOrders, type OrderSummary } from './orders-list.ts'
import { listOwnOrdersAbove, listRefunds, loadOrder } from './orders.ts'
import type { Inflate } from './packs.ts'
import { listParked, parkOrder, resumeOrder, shareOldParked, voidOrder } from './parking.ts'
import { changePinFailures } from './pin-failures.ts'
import { keepReadyRun, loadReadyRun, nextToReady } from './ready-runs.ts'
import { commitRefund, type RefundToCommit } from './refund.ts'
import { rejoin, type Rejoined } from './rejoin.ts'
import { type Device, withRoom } from './room.ts'
import type {
  CarriedRow,
  KeyRow,
  PinFailures,
  ReadyRunRow,
  RecordRow,
  SessionRow,
  ShiftRow,
  DrillRow,
} from './rows.ts'
import { commitSale, type SaleToCommit } from './sale.ts'
import { beginLoadAgain, type LoadAgain, type Seen } from './scope.ts'
import { type CashMove, closeShift, moveCash } from './shift.ts'
import { countStock, moveStock, type StockPlace } from './stock.ts'

/** The device's data. Every call is one transaction of its own; times are ms since 1970, given by the caller. */
export type Store = ReturnType<typeof storeOn>

/** Opens the device's database. Throws StoreIsNewerError where a newer release has upgraded it. */
export async function openStore(name = 'evertill'): Promise<Store> {
  return storeOn({ storage: await openDatabase(name), room: browserRoom, inflate: browserInflate })
}

/** On any tables and with any powers: the simulation has its own. */
export function storeOn(device: Device & { readonly inflate: Inflate }) {
  return {
    ...deviceOn(device),
    ...tillOn(device),
    ...backOfficeOn(device),
    ...journalOn(device),
    ...changesOn(device),
    ...readingOn(device),
    close: () => device.storage.close(),
  }
}

function deviceOn(device: Device) {
  const { storage, room } = device
  return {
    loadInstall: () => storage.read(['meta'], (tx) => loadMeta(tx, 'install')),
    saveEnrolment: (enrolment: NewEnrolment) => saveEnrolment(storage, enrolment),
    readmit: (receiptSeries: number | null) => readmit(storage, receiptSeries),
    loadReceiptSeries: () => loadReceiptSeries(storage),
    loadIdentity: (id?: KeyRow['id']) => loadIdentity(storage, id),
    keepIdentity: (offered: Identity, id?: KeyRow['id']) => keepIdentity(storage, offered, id),
    forgetEnrolment: () => forgetEnrolment(storage),
    loadSession: () => storage.read(['meta'], (tx) => loadMeta(tx, 'session')),
    saveSession: (session: SessionRow) =>
      withRoom(device, session.seenAt, () =>
        storage.write(['meta'], 'relaxed', async (tx) => saveMeta(tx, 'session', session)),
      ),
    /** Says that a tab of the person signed in is still open. */
    touchSession: (now: number) =>
      storage.write(['meta'], 'relaxed', async (tx) => {
        const session = await loadMeta(tx, 'session')
        if (session) saveMeta(tx, 'session', { ...session, seenAt: now })
      }),
    deleteSession: () => storage.write(['meta'], 'relaxed', async (tx) => tx.delete('meta', ['session'])),
    /** Changes one person's row in a transaction, so that tries in two tabs are both counted. */
    changePinFailures: <T>(
      staffId: string,
      now: number,
      change: (before: PinFailures) => { after: PinFailures; answer: T },
    ) => changePinFailures(device, staffId, now, change),
    loadDrill: () => loadDrill(storage),
    saveDrill: (change: Partial<DrillRow>) => saveDrill(storage, change),
    hasBallast: room.hasBallast,
    restoreBallast: room.restoreBallast,
    loadStorageUse: room.loadUse,
  }
}

function tillOn(device: Device) {
  const { storage } = device
  return {
    commitSale: (sale: SaleToCommit) => commitSale(device, sale),
    commitRefund: (refund: RefundToCommit) => commitRefund(device, refund),
    saveOpenOrder: (order: OpenOrder | null, now: number) => saveOpenOrder(device, order, now),
    loadOpenOrder: () => loadOpenOrder(device),
    parkOrder: (act: Act, order: OpenOrder) => parkOrder(device, act, order),
    voidOrder: (act: Act, voided: Parameters<typeof voidOrder>[2]) => voidOrder(device, act, voided),
    resumeOrder: (orderId: string) => resumeOrder(storage, orderId),
    listParked: (): Promise<ParkedOrder[]> => listParked(storage),
    shareOldParked: (now: number, actOf: (order: OpenOrder) => Act) => shareOldParked(device, now, actOf),
    loadOpenShift: async (): Promise<ShiftRow | null> =>
      (await storage.read(['meta'], (tx) => loadMeta(tx, 'journal')))?.openShift ?? null,
    closeShift: (act: Act, countedCashMinor: number) => closeShift(device, act, countedCashMinor),
    moveCash: (act: Act, move: CashMove) => moveCash(device, act, move),
  }
}

function backOfficeOn(device: Device) {
  return {
    countStock: (act: Act, place: StockPlace, countedMilli: number) =>
      countStock(device, act, place, countedMilli),
    moveStock: (act: Act, move: Parameters<typeof moveStock>[2]) => moveStock(device, act, move),
    commitEdit: (act: Act, edit: RecordEdit) => commitEdit(device, act, edit),
    settleConflict: (act: Act, settled: ConflictSettled) => settleConflict(device, act, settled),
    finishTask: (act: Act, taskId: string) => finishTask(device, act, taskId),
  }
}

function journalOn(device: Device) {
  const { storage } = device
  return {
    /** Consecutive operations from `fromSeq` on, with the chain that they go on from. */
    loadRun: (fromSeq: number, most: number) => loadRun(storage, fromSeq, most),
    nextToReady: (most: number) => nextToReady(storage, most),
    keepReadyRun: (row: ReadyRunRow) => keepReadyRun(storage, row),
    loadReadyRun: (fromSeq: number) => loadReadyRun(storage, fromSeq),
    loadUnsent: () => loadUnsent(storage),
    /** What exists on this device only, oldest first. */
    listUnsent: (most: number) => listUnsent(storage, most),
    recordPush: (sent: SentOf, reply: PushReply, now: number) => recordPush(storage, sent, reply, now),
    rejoin: (rejoined: Rejoined, now: number) => rejoin(device, rejoined, now),
    markExported: (seq: number, now: number) => markExported(storage, seq, now),
    loadExported: () => loadExported(storage),
    saveCarried: (rows: readonly CarriedRow[], now: number) => saveCarried(device, rows, now),
    listCarried: () => listCarried(storage),
    recordMissing: (sent: Parameters<typeof recordMissing>[1], missingFromSeq: number) =>
      recordMissing(storage, sent, missingFromSeq),
    recordCarried: (sent: Parameters<typeof recordCarried>[1], outcome: NonNullable<CarriedRow['outcome']>) =>
      recordCarried(storage, sent, outcome),
  }
}

function changesOn({ storage }: Device) {
  return {
    loadSync: () => storage.read(['meta'], (tx) => loadMeta(tx, 'sync')),
    /** [I9] */
    compareDigest: (page: Parameters<typeof compareDigest>[1], now: number) =>
      compareDigest(storage, page, now),
    noteUpgradeNeeded: (now: number) => noteUpgradeNeeded(storage, now),
    noteRevoked: (now: number) => noteRevoked(storage, now),
    applyPage: (page: PageCame, now: number) => applyPage(storage, page, now),
    applyLoadPage: (askedAfter: string | null, page: LoadPageCame, now: number) =>
      applyLoadPage(storage, askedAfter, page, now),
    beginLoadAgain: (seen: Seen, next: LoadAgain, now: number) => beginLoadAgain(storage, seen, next, now),
  }
}

function readingOn({ storage, inflate }: Device & { readonly inflate: Inflate }) {
  return {
    listRecords: (): Promise<RecordRow[]> => storage.read(['records'], (tx) => tx.list('records')),
    loadRecord: async <Kind extends RecordKind>(
      kind: Kind,
      id: string,
    ): Promise<RecordDocuments[Kind] | null> => {
      const row = await storage.read(['records'], (tx) => tx.get('records', [kind, id]))
      return (row?.doc as RecordDocuments[Kind] | undefined) ?? null
    },
    loadBusiness: async (): Promise<Business | null> => {
      const range = { from: ['business', ''], to: ['business', '\uffff'], most: 1 }
      const [row] = await storage.read(['records'], (tx) => tx.list('records', range))
      return row?.kind === 'business' ? row.doc : null
    },
    /** In the order of the keys; undefined where there is no such record any more. */
    loadRecords: (keys: readonly (readonly [RecordKind, string])[]): Promise<(RecordRow | undefined)[]> =>
      storage.read(['records'], (tx) => tx.getMany('records', keys)),
    listSegments: async (): Promise<Segment[]> =>
      (await storage.read(['segments'], (tx) => tx.list('segments'))).map((row) => row.segment),
    /** When the server last heard of each register. */
    listContacts: () => storage.read(['contacts'], (tx) => tx.list('contacts')),
    /** Own sales that the segments may not hold yet: those above `(await loadSync()).pulledSeq`, to be held against each segment's `included`. */
    listOwnOrdersAbove: (seq: number) => listOwnOrdersAbove(storage, seq),
    /** From its row or out of its pack; null where this device has none, or it was withdrawn. */
    loadOrder: (orderId: string) => loadOrder(storage, orderId, inflate),
    /** Refunds of a sale that this device knows, in no sequence. */
    listRefunds: (saleId: string) => listRefunds(storage, saleId, inflate),
    /** The newest `most` that are asked for, newest first. */
    listOrders: (asked: { readonly most: number; readonly isAsked: (order: OrderSummary) => boolean }) =>
      listOrders(storage, asked),
  }
}
