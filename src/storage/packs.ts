import type { PaidOrder } from '#domain/order.ts'
import { bytesOf } from './base64.ts'
import { directoryOf, type PackedOrder } from './packs-directory.ts'
import type { OrderPackColumns, OrderRow, PackDirectoryRow, PackRow } from './rows.ts'
import type { WriteTransaction } from './tables.ts'

/** `OrderPack` of the protocol. */
export type PackCame = Omit<OrderPackColumns, 'docs'> & {
  readonly packId: string
  readonly storeId: string
  /** Base64 of the documents, joined by line feeds and deflated. */
  readonly docs: string
}

/** A pack as it will be stored, but for the load that it came in. */
export type ReadyPack = {
  readonly row: Omit<PackRow, 'generation'>
  readonly directory: Omit<PackDirectoryRow, 'generation'>
}

/** An order whose document is here. */
export type HeldOrder = OrderRow & { readonly order: PaidOrder }

/** Raw deflate (RFC 1951) to text. */
export type Inflate = (bytes: Uint8Array<ArrayBuffer>) => Promise<string>

/** Before the transaction: nothing in it may take long, as sales wait for it. */
export function readyPack({ packId, storeId: _, docs, ...columns }: PackCame): ReadyPack {
  return {
    row: { packId, pack: { ...columns, docs: bytesOf(docs) } },
    directory: directoryOf(packId, columns),
  }
}

/** Stores packs as they came, in place of earlier ones of the same id (tables `packs` and `packDirectory`). */
export function storePacks(tx: WriteTransaction, packs: readonly ReadyPack[], generation: number): void {
  tx.put(
    'packs',
    packs.map(({ row }) => ({ ...row, generation })),
  )
  tx.put(
    'packDirectory',
    packs.map(({ directory }) => ({ ...directory, generation })),
  )
}

export function deletePacks(tx: WriteTransaction, packIds: readonly string[]): void {
  tx.delete('packs', packIds)
  tx.delete('packDirectory', packIds)
}

/** Opens one order, as if it had come by itself. [R4] One that was refunded in full is never in a pack. */
export async function unpackOrder({ row, index }: PackedOrder, inflate: Inflate): Promise<HeldOrder> {
  const { generation, pack } = row
  const docs = (await inflate(pack.docs)).split('\n')
  const order = JSON.parse(docs[index]!) as PaidOrder
  const { orderId, occurredAt, receiptNumber, refundOf } = order
  const unpacked = { orderId, occurredAt, receiptNumber, status: 'paid', order } as const
  return { ...unpacked, ...(refundOf !== null && { refundOf }), generation, v: pack.vs[index]! }
}
