import type { RecordKind } from '#domain/catalogue.ts'
import type { PaidOrder } from '#domain/order.ts'
import type { Segment } from '#domain/rollups.ts'
import {
  afterLoadPage,
  afterPage,
  isNewerRow,
  loadAgain,
  type LoadPageFacts,
  type PageFacts,
} from '#sync/pull-state.ts'
import { offerAgain } from '#sync/push-state.ts'
import { type Database, needMeta, saveMeta } from './database.ts'
import type { ContactRow, OrderRow, RecordRow, SegmentRow, SyncRow } from './rows.ts'

export type RecordCame = {
  readonly kind: RecordKind
  readonly id: string
  readonly v: number
  readonly isDeleted: boolean
  readonly doc?: unknown
}

export type OrderCame = {
  readonly id: string
  readonly v: number
  readonly isWithdrawn: boolean
  readonly doc: PaidOrder | null
}

export type RowsCame = {
  readonly records: readonly RecordCame[]
  readonly orders: readonly OrderCame[]
  readonly segments: readonly Segment[]
  readonly registers: readonly ContactRow[]
}

/** What a page changed here. */
export type Applied = {
  readonly recordKeys: readonly (readonly [kind: RecordKind, id: string])[]
  readonly hasOrders: boolean
  /** Whether rollups, or when registers were heard, have changed. */
  readonly hasFigures: boolean
  /** Whether this page ended a first load. */
  readonly endsLoad: boolean
}

/** [L2] Rows, cursor and acknowledgement of a pulled page in one transaction; null when it no longer fits and was thrown away. */
export function applyPage(
  database: Database,
  page: PageFacts & RowsCame & { readonly head: number },
  now: number,
): Promise<Applied | null> {
  return inChanges(database, async () => {
    const sync = await needMeta(database, 'sync')
    const pulled = afterPage(sync, page)
    if (pulled === null) return null
    const applied = await applyRows(database, page, sync.generation)
    await saveMeta(database, 'sync', {
      ...sync,
      ...pulled,
      ackedSeq: Math.max(sync.ackedSeq, page.ackedSeq),
      lastContactAt: now,
      lastPullAt: page.next >= page.head ? now : sync.lastPullAt,
    })
    return { ...applied, endsLoad: false }
  })
}

/** [L4] A page of the first load, asked for with `askedAfter`; the last one ends it and sweeps what was not seen ([L6]). */
export function applyLoadPage(
  database: Database,
  askedAfter: string | null,
  page: LoadPageFacts & RowsCame,
  now: number,
): Promise<Applied | null> {
  return inChanges(database, async () => {
    const sync = await needMeta(database, 'sync')
    const pulled = afterLoadPage(sync, askedAfter, page)
    if (pulled === null) return null
    const applied = await applyRows(database, page, sync.generation)
    const endsLoad = pulled.load === null
    if (endsLoad && sync.generation > 1) await sweep(database, sync.generation)
    await saveMeta(database, 'sync', {
      ...sync,
      ...pulled,
      ackedSeq: Math.max(sync.ackedSeq, page.ackedSeq),
      lastContactAt: now,
    })
    return { ...applied, endsLoad }
  })
}

/**
 * [L5] The server's data is another than was pulled: load again and offer every retained operation again. Nothing here is
 * wiped. `seen` is where the device was when it asked; if it has moved since, another tab was faster.
 */
export function beginLoadAgain(
  database: Database,
  seen: Pick<SyncRow, 'epoch' | 'cursor'>,
  epoch: string,
  now: number,
): Promise<void> {
  return database.transaction('rw', [database.meta], async () => {
    const sync = await needMeta(database, 'sync')
    const isLoadingIt = sync.load !== null && sync.epoch === epoch
    if (sync.epoch !== seen.epoch || sync.cursor !== seen.cursor || isLoadingIt) return
    const next = { ...sync, ...loadAgain(sync, epoch), ...offerAgain(sync, epoch), lastContactAt: now }
    await saveMeta(database, 'sync', next)
  })
}

function inChanges<T>(database: Database, work: () => Promise<T>): Promise<T> {
  const { meta, records, orders, segments, contacts } = database
  return database.transaction('rw', [meta, records, orders, segments, contacts], work)
}

async function applyRows(database: Database, rows: RowsCame, generation: number) {
  const [recordKeys, hasOrders, hasSegments] = await Promise.all([
    applyRecords(database, rows.records, generation),
    applyOrders(database, rows.orders, generation),
    applySegments(database, rows.segments, generation),
    database.contacts.bulkPut([...rows.registers]),
  ])
  return { recordKeys, hasOrders, hasFigures: hasSegments || rows.registers.length > 0 }
}

async function applyRecords(database: Database, came: readonly RecordCame[], generation: number) {
  const held = await database.records.bulkGet(came.map(recordKey))
  const newer = came.filter(({ v }, index) => isNewerRow(held[index], { generation, v }))
  const kept = newer.filter((record) => !record.isDeleted)
  await Promise.all([
    database.records.bulkPut(
      kept.map(({ kind, id, v, doc }) => ({ kind, id, v, doc, generation }) as RecordRow),
    ),
    database.records.bulkDelete(newer.filter((record) => record.isDeleted).map(recordKey)),
  ])
  return newer.map(recordKey)
}

function recordKey({ kind, id }: RecordCame): [RecordKind, string] {
  return [kind, id]
}

async function applyOrders(
  database: Database,
  came: readonly OrderCame[],
  generation: number,
): Promise<boolean> {
  const held = await database.orders.bulkGet(came.map((order) => order.id))
  const puts: OrderRow[] = []
  const deletes: string[] = []
  for (const [index, { id, v, isWithdrawn, doc }] of came.entries()) {
    const row = held[index]
    if (!isNewerRow(row, { generation, v })) continue
    // [L3] Our own sale stays as it was journalled; only the server's version of it is noted.
    if (row?.seq !== undefined) puts.push({ ...row, generation, v })
    else if (isWithdrawn || doc === null) deletes.push(id)
    else {
      const { occurredAt, receiptNumber } = doc
      puts.push({ orderId: id, occurredAt, receiptNumber, generation, v, order: doc })
    }
  }
  await Promise.all([database.orders.bulkPut(puts), database.orders.bulkDelete(deletes)])
  return puts.length + deletes.length > 0
}

async function applySegments(
  database: Database,
  came: readonly Segment[],
  generation: number,
): Promise<boolean> {
  const held = await database.segments.bulkGet(came.map(({ storeId, month }) => [storeId, month]))
  const newer = came.filter(({ v }, index) => isNewerRow(held[index], { generation, v }))
  await database.segments.bulkPut(
    newer.map((segment): SegmentRow => {
      const { storeId, month, v } = segment
      return { storeId, month, v, generation, segment }
    }),
  )
  return newer.length > 0
}

async function sweep(database: Database, generation: number): Promise<void> {
  await Promise.all([
    database.records.filter((row) => row.generation < generation).delete(),
    database.segments.filter((row) => row.generation < generation).delete(),
    database.orders.filter((row) => row.seq === undefined && row.generation < generation).delete(),
  ])
}
