import type { StockCounted, StockMoved } from '#protocol/facts.ts'
import type { Operation } from '#sync/operation.ts'
import type { Draft } from './decide-draft.ts'
import { stockKeyOf, stockText } from './mentioned.ts'
import type { StockKey } from './ports.ts'
import type { Finding } from './tasks.ts'

/** Moves a level ([I10]: it is the sum of its movements). A level that nobody counted or received says nothing yet. */
export function moveStock(
  draft: Draft,
  key: StockKey,
  quantityMilli: number,
  seq: number,
  keeps = false,
): readonly Finding[] {
  const place = stockText(key)
  const before = draft.stock.get(place) ?? { levelMilli: 0, isKept: false }
  const after = { levelMilli: before.levelMilli + quantityMilli, isKept: before.isKept || keeps }
  draft.stock.set(place, after)
  draft.moved.set(place, [...(draft.moved.get(place) ?? []), { seq, quantityMilli }])
  const wasFine = !before.isKept || before.levelMilli >= 0
  const isNegative = after.isKept && after.levelMilli < 0
  return wasFine && isNegative ? [{ flag: 'negative-stock', stock: key }] : []
}

/** [R5] Adjusts the level against exactly the movements that the counter had seen, those of this batch included. */
export function decideCount(draft: Draft, { seq }: Operation, count: StockCounted): readonly Finding[] {
  const key = stockKeyOf(count)
  const place = stockText(key)
  const storedMilli = draft.seenStockMilli.get(count.movementId) ?? null
  const ownMilli = (draft.moved.get(place) ?? [])
    .filter((movement) => movement.seq <= count.seenSeq)
    .reduce((sum, movement) => sum + movement.quantityMilli, 0)
  const seenMilli = storedMilli === null ? (draft.stock.get(place)?.levelMilli ?? 0) : storedMilli + ownMilli
  const quantityMilli = count.countedMilli - seenMilli
  write(draft, key, { movementId: count.movementId, kind: 'count', quantityMilli, seq })
  return [
    ...unknownProduct(draft, count.productId),
    ...(storedMilli === null ? [{ flag: 'count-unsure', productId: count.productId } as const] : []),
    ...moveStock(draft, key, quantityMilli, seq, true),
  ]
}

export function decideStockMoved(draft: Draft, { seq }: Operation, moved: StockMoved): readonly Finding[] {
  const key = stockKeyOf(moved)
  const { movementId, reason: kind, quantityMilli } = moved
  write(draft, key, { movementId, kind, quantityMilli, seq })
  return [
    ...unknownProduct(draft, moved.productId),
    ...moveStock(draft, key, quantityMilli, seq, kind === 'received'),
  ]
}

function write(
  draft: Draft,
  key: StockKey,
  movement: {
    readonly movementId: string
    readonly kind: 'count' | 'received' | 'written-off'
    readonly quantityMilli: number
    readonly seq: number
  },
): void {
  draft.effects.movements.push({ ...key, ...movement, installId: draft.install.installId })
}

function unknownProduct(draft: Draft, productId: string): readonly Finding[] {
  const product = draft.record('product', productId)
  return !product || product.isDeleted ? [{ flag: 'unknown-product', productId }] : []
}
