import { failed, type Result, success } from '#domain/failure.ts'
import type { StockPlace } from '../storage/stock.ts'
import { actNow } from './act.ts'
import type { DeviceApi } from './api.ts'
import type { ProductHit } from './api-selling.ts'
import { type TillDependencies } from './till.ts'
import { unlessFull } from './unless-full.ts'
import { withWholeCharacters } from './whole-characters.ts'

/** [R5] What is counted, comes in and is written off in this register's store. */
export function createStock(
  dependencies: Omit<TillDependencies, 'catalogue'>,
): Pick<DeviceApi, 'countStock' | 'moveStock'> {
  const { store, events, newId, wakeSync } = dependencies

  const placeOf = async ({ productId, variantId }: ProductHit): Promise<Result<StockPlace>> => {
    const [install, product] = await Promise.all([
      store.loadInstall(),
      store.loadRecord('product', productId),
    ])
    if (!install?.storeId) return noStore
    if (product === null) return noProduct
    // As sales name it: a product without choices has one variant.
    const variant = variantId ?? (product.variants.length === 1 ? product.variants[0]!.variantId : null)
    return success({ movementId: newId(), storeId: install.storeId, productId, variantId: variant })
  }
  const journal = async (hit: ProductHit, commit: (place: StockPlace) => Promise<void>) => {
    const place = await placeOf(hit)
    if (!place.ok) return place
    return unlessFull(async () => {
      await commit(place.value)
      events.emit({ topics: ['status'] })
      wakeSync()
      return success(null)
    })
  }

  return {
    countStock: async (hit, countedMilli) => {
      if (!Number.isSafeInteger(countedMilli) || countedMilli < 0) return notAQuantity
      return journal(hit, async (place) => store.countStock(await actNow(dependencies), place, countedMilli))
    },
    moveStock: async (hit, quantityMilli, reason, note) => {
      if (!Number.isSafeInteger(quantityMilli) || quantityMilli <= 0) return notAQuantity
      const signedMilli = reason === 'received' ? quantityMilli : 0 - quantityMilli
      const kept = note === null ? null : withWholeCharacters(note.slice(0, 1_000))
      return journal(hit, async (place) =>
        store.moveStock(await actNow(dependencies), {
          ...place,
          quantityMilli: signedMilli,
          reason,
          note: kept,
        }),
      )
    },
  }
}

const noStore = failed('stock/no-store', 'Stock is counted at a register of the store.', 'Do it there.')

const noProduct = failed('stock/no-product', 'This product is not there any more.', 'Choose another one.')

const notAQuantity = failed('stock/not-a-quantity', 'This is not a quantity.', 'Write it with digits.')
