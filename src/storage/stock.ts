import { type Act, inJournal } from './journalling.ts'
import { needMeta } from './meta.ts'
import type { Device } from './room.ts'
import type { SyncRow } from './rows.ts'

export type StockPlace = {
  readonly movementId: string
  readonly storeId: string
  readonly productId: string
  readonly variantId: string | null
}

/** [R5] Journals a count with what its counter had seen, read in the same transaction. */
export function countStock(device: Device, act: Act, place: StockPlace, countedMilli: number): Promise<void> {
  return inJournal(device, act.occurredAt, [], async (tx, opening) => {
    const [journal, sync] = await Promise.all([opening.journal(), needMeta(tx, 'sync')])
    const seen = { ...seenOf(sync), seenSeq: journal.row().seq }
    journal.append(act, 'stock.counted', { ...place, countedMilli, ...seen })
    return { journal, answer: undefined }
  })
}

/** Goods in or out beside sales; negative leaves the store. */
export function moveStock(
  device: Device,
  act: Act,
  move: StockPlace & {
    readonly quantityMilli: number
    readonly reason: 'received' | 'written-off'
    readonly note: string | null
  },
): Promise<void> {
  return inJournal(device, act.occurredAt, [], async (_, opening) => {
    const journal = await opening.journal()
    journal.append(act, 'stock.moved', move)
    return { journal, answer: undefined }
  })
}

/** While it loads, a device knows of the server what its first page said; before that nothing, and no epoch says so. */
function seenOf({ epoch, cursor, load }: SyncRow): { seenEpoch: string; seenCursor: number } {
  const seenCursor = load === null ? cursor : load.startVersion
  return seenCursor === null ? { seenEpoch: '', seenCursor: 0 } : { seenEpoch: epoch, seenCursor }
}
