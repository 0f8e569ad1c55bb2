import type { RecordKind } from '#domain/catalogue.ts'
import type { PaidOrder } from '#domain/order.ts'
import type { Segment } from '#domain/rollups.ts'
import { isNewerRow } from '#sync/pull-state.ts'
import { dropCovered, type PulledRecord, refold, writePulled } from './overlays.ts'
import { packedOrders } from './packs-directory.ts'
import { inKeyOrder, keyText, recordIdOf, type RecordKey, recordKey } from './record-key.ts'
import type { ContactRow, OrderRow, RecordRow, SegmentRow } from './rows.ts'
import type { WriteTransaction } from './tables.ts'

export type RecordCame = {
  /** One that only a newer release knows is kept as well: this device may be upgraded without loading again. */
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
  readonly isRefunded: boolean
  readonly doc: PaidOrder | null
}

export type RowsCame = {
  readonly records: readonly RecordCame[]
  /** The records are all that the server has from the first of their keys to the last: a page of a load. */
  readonly isRun?: boolean
  readonly orders: readonly OrderCame[]
  readonly segments: readonly Segment[]
  readonly registers: readonly ContactRow[]
}

/** What rows changed here. */
export type RowsApplied = {
  readonly recordKeys: readonly RecordKey[]
  readonly hasOrders: boolean
  /** Whether rollups, or when registers were heard, have changed. */
  readonly hasFigures: boolean
}

/**
 * [L2] Writes the rows that are newer than those held. [I8] Own operations up to `coveredSeq` are in what is pulled now, so
 * nothing of them lies over it any more.
 */
export async function applyRows(
  tx: WriteTransaction,
  rows: RowsCame,
  generation: number,
  coveredSeq: number,
): Promise<RowsApplied> {
  const [recordKeys, hasOrders, hasSegments] = await Promise.all([
    applyRecords(tx, rows, generation, coveredSeq),
    applyOrders(tx, rows.orders, generation),
    applySegments(tx, rows.segments, generation),
  ])
  tx.put('contacts', rows.registers)
  return { recordKeys, hasOrders, hasFigures: hasSegments || rows.registers.length > 0 }
}

async function applyRecords(
  tx: WriteTransaction,
  { records: came, isRun = false }: RowsCame,
  generation: number,
  coveredSeq: number,
): Promise<readonly RecordKey[]> {
  const [held, overlays] = await Promise.all([
    isRun ? heldInRun(tx, came) : tx.getMany('records', came.map(recordKey)),
    tx.list('overlays'),
  ])
  const newer = came.filter(({ v }, index) => isNewerRow(held[index], { generation, v }))
  const { left, uncovered } = dropCovered(tx, overlays, coveredSeq)
  writePulled(
    tx,
    newer.map(({ kind, id, v, isDeleted, doc }): PulledRecord => {
      return { kind, id, generation, v, doc: isDeleted ? null : ((doc ?? null) as object | null) }
    }),
    left,
  )
  const written = new Set(newer.map((record) => keyText(record)))
  const others = uncovered.filter((key) => !written.has(keyText(recordIdOf(key))))
  await refold(tx, others, left)
  return [...newer.map(recordKey), ...others]
}

/** In one request: thousands of keys would be as many, for rows of which a first load finds none. */
async function heldInRun(
  tx: WriteTransaction,
  came: readonly RecordCame[],
): Promise<readonly (RecordRow | undefined)[]> {
  if (came.length === 0) return []
  // The server's database may sort ids in another way than this one.
  const keys = came.toSorted(inKeyOrder).map(recordKey)
  const rows = await tx.list('records', { from: keys[0]!, to: keys.at(-1)! })
  const held = new Map(rows.map((row) => [keyText(row), row]))
  return came.map((record) => held.get(keyText(record)))
}

async function applyOrders(
  tx: WriteTransaction,
  came: readonly OrderCame[],
  generation: number,
): Promise<boolean> {
  const [held, isPacked] = await Promise.all([
    tx.getMany(
      'orders',
      came.map(({ id }) => id),
    ),
    came.some(isGone) ? packedOrders(tx) : () => false,
  ])
  const puts: OrderRow[] = []
  const deletes: string[] = []
  for (const [index, order] of came.entries()) {
    const row = held[index]
    const { id, v } = order
    if (!isNewerRow(row, { generation, v })) continue
    const status = order.isRefunded || row?.status === 'refunded' ? 'refunded' : 'paid'
    // [L3] Our own order stays as it was journalled; only what the server says about it is noted.
    if (row?.seq !== undefined) puts.push({ ...row, ...atServer(order), generation, v, status })
    else if (order.doc !== null && !isGone(order)) puts.push({ ...rowOf(order.doc), generation, v, status })
    else if (isPacked(id)) puts.push({ ...withdrawn(id, row), generation, v })
    else deletes.push(id)
  }
  tx.put('orders', puts)
  tx.delete('orders', deletes)
  return puts.length + deletes.length > 0
}

/** [R4] Of an order that two devices paid the server holds the other one's day and store. */
function atServer({ doc }: OrderCame): Pick<OrderRow, 'serverDay' | 'serverStoreId'> {
  return doc === null ? {} : { serverDay: doc.businessDay, serverStoreId: doc.storeId }
}

function isGone({ isWithdrawn, doc }: OrderCame): boolean {
  return isWithdrawn || doc === null
}

function rowOf(order: PaidOrder): Omit<OrderRow, 'generation' | 'v' | 'status'> {
  const { orderId, occurredAt, receiptNumber, refundOf } = order
  return { orderId, occurredAt, receiptNumber, order, ...(refundOf !== null && { refundOf }) }
}

function withdrawn(orderId: string, row: OrderRow | undefined): Omit<OrderRow, 'generation' | 'v'> {
  const { occurredAt = 0, receiptNumber = '' } = row ?? {}
  return { orderId, occurredAt, receiptNumber, status: 'paid', order: null }
}

async function applySegments(
  tx: WriteTransaction,
  came: readonly Segment[],
  generation: number,
): Promise<boolean> {
  const held = await tx.getMany(
    'segments',
    came.map(({ storeId, month }) => [storeId, month]),
  )
  const newer = came.filter(({ v }, index) => isNewerRow(held[index], { generation, v }))
  tx.put(
    'segments',
    newer.map((segment): SegmentRow => {
      const { storeId, month, v } = segment
      return { storeId, month, v, generation, segment }
    }),
  )
  return newer.length > 0
}
