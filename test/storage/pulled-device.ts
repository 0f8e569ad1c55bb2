import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { EditableKind } from '#domain/catalogue.ts'
import type { PaidOrder } from '#domain/order.ts'
import type { RecordEdit } from '#sync/edit.ts'
import { applyLoadPage, applyPage, type LoadPageCame, type PageCame } from '../../src/storage/changes.ts'
import type { OrderCame, RecordCame } from '../../src/storage/changes-rows.ts'
import { needMeta, saveMeta } from '../../src/storage/meta.ts'
import type { Inflate, PackCame } from '../../src/storage/packs.ts'
import type { MetaRows, RecordRow } from '../../src/storage/rows.ts'
import type { Scope } from '../../src/storage/scope.ts'
import type { TableName, Tables } from '../../src/storage/tables.ts'
import {
  createMemoryDevice,
  epoch,
  installId,
  type MemoryDevice,
  NOW,
  registerId,
  saleOf,
  storeId,
} from './memory-device.ts'

export const scope: Scope = { id: `register ${storeId} ${registerId}`, storeId, registerId }
export const otherStoreId = '0b1f6a52-1f0e-4c5e-9d55-4d8f5e1a7c99'
export const otherScope: Scope = {
  ...scope,
  id: `register ${otherStoreId} ${registerId}`,
  storeId: otherStoreId,
}
export const ordersSince = '2025-10-22'

/** A device that has ended its first load at version 5. */
export async function createPulledDevice(loaded: Partial<LoadPageCame> = {}): Promise<MemoryDevice> {
  const device = await createMemoryDevice()
  await applyLoadPage(device.storage, null, loadPageOf(loaded), NOW)
  return device
}

/** The only page of a load. */
export function loadPageOf(changes: Partial<LoadPageCame> = {}): LoadPageCame {
  const facts = { installId, epoch, scope, ordersSince, startVersion: 5, after: null, share: 1, ackedSeq: 0 }
  return { ...facts, records: [], orders: [], segments: [], registers: [], packs: [], ...changes }
}

/** A page from version 5 to 8. */
export function pageOf(changes: Partial<PageCame> = {}): PageCame {
  const facts = { installId, epoch, from: 5, next: 8, head: 8, ackedSeq: 0, serverTime: NOW, ordersSince }
  return { ...facts, records: [], orders: [], segments: [], registers: [], ...changes }
}

/** Sends the journal up to `seq`; the answer is lost. */
export function send({ storage }: MemoryDevice, seq: number): Promise<void> {
  return storage.write(['meta'], 'strict', async (tx) => {
    const [sync, journal] = await Promise.all([needMeta(tx, 'sync'), needMeta(tx, 'journal')])
    saveMeta(tx, 'sync', { ...sync, pushedSeq: Math.max(sync.pushedSeq, Math.min(seq, journal.seq)) })
  })
}

/** Applies pages one after the other, each from where the last one ended; what they acknowledge was sent. */
export async function pull(device: MemoryDevice, ...pages: Partial<PageCame>[]): Promise<void> {
  for (const page of pages) {
    await send(device, page.ackedSeq ?? 0)
    const { cursor } = await metaOf(device, 'sync')
    const next = page.next ?? cursor + 1
    const applied = await applyPage(device.storage, pageOf({ from: cursor, head: next, ...page, next }), NOW)
    if (applied === null) throw new Error('The page did not fit.')
  }
}

export function categoryCame(id: string, v: number, name: string | null, tint = 1): RecordCame {
  const doc = name === null ? null : { categoryId: id, name, tint, icon: 'cup-soda', position: 1 }
  return { kind: 'category', id, v, isDeleted: name === null, doc }
}

export function editOf(
  id: string,
  fields: RecordEdit['fields'],
  action: RecordEdit['action'] = 'change',
  kind: EditableKind = 'category',
): RecordEdit {
  return { kind, id, action, baseV: 5, fields }
}

/** Sold at another register. */
export function foreignOrder(number: number, changes: Partial<PaidOrder> = {}): PaidOrder {
  const { order } = saleOf(number, { registerId: 'other-register', ...changes })
  return { ...order, receiptNumber: `9-${number}`, shiftId: null, ...changes }
}

export function orderCame(order: PaidOrder, v: number, changes: Partial<OrderCame> = {}): OrderCame {
  return { id: order.orderId, v, isWithdrawn: false, isRefunded: false, doc: order, ...changes }
}

export function packOf(packId: string, orders: readonly PaidOrder[], v = 3): PackCame {
  return {
    packId,
    storeId,
    orderIds: orders.map(({ orderId }) => orderId),
    vs: orders.map(() => v),
    occurredAts: orders.map(({ occurredAt }) => occurredAt),
    businessDays: orders.map(({ businessDay }) => businessDay),
    receiptNumbers: orders.map(({ receiptNumber }) => receiptNumber),
    registerIds: orders.map((order) => order.registerId),
    totalsMinor: orders.map(({ totals }) => totals.totalMinor),
    itemsMilli: orders.map(({ lines }) => lines.reduce((sum, line) => sum + line.quantityMilli, 0)),
    lineNames: orders.map(({ lines }) => lines.map(({ name }) => name).join('\n')),
    refundsOf: orders.map(({ refundOf }) => refundOf),
    docs: deflateRawSync(orders.map((order) => JSON.stringify(order)).join('\n')).toString('base64'),
  }
}

export const inflate: Inflate = (bytes) => Promise.resolve(inflateRawSync(bytes).toString())

export async function metaOf<Name extends keyof MetaRows>(
  { storage }: MemoryDevice,
  name: Name,
): Promise<MetaRows[Name]> {
  const row = await storage.read(['meta'], (tx) => tx.get('meta', name))
  return row?.value as MetaRows[Name]
}

export function rowsOf<Name extends TableName>(
  { storage }: MemoryDevice,
  table: Name,
): Promise<Tables[Name][]> {
  return storage.read([table], (tx) => tx.list(table))
}

export async function recordOf({ storage }: MemoryDevice, kind: RecordRow['kind'], id: string) {
  return storage.read(['records'], (tx) => tx.get('records', [kind, id]))
}
