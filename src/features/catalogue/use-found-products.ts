import { useDeferredValue, useMemo } from 'react'
import type { Product } from '#domain/catalogue.ts'
import { device, useDeviceQuery } from '../../app/device.ts'
import { useLocale } from '../../ui/locale.tsx'
import type { Catalogue, ProductHit } from '../../worker/api-selling.ts'
import { createNameOrder } from './name-order.ts'
import { filterProducts, type ProductFilter } from './product-filter.ts'

/** More than anybody looks through; the words can be made longer. */
const mostHits = 2_000

export type FoundProducts = {
  readonly products: readonly Product[]
  /** There are more than are shown. */
  readonly isCut: boolean
}

/** What the filters and the text leave of the products. The device's index finds what is on sale, also among 50,000. */
export function useFoundProducts(catalogue: Catalogue, filter: ProductFilter, text: string): FoundProducts {
  const { locale } = useLocale()
  const asked = useDeferredValue(text.trim())
  const { data: hits } = useDeviceQuery<readonly ProductHit[] | null>('catalogue', ['found', asked], () =>
    asked === '' ? Promise.resolve(null) : device.searchProducts(asked, mostHits),
  )
  const products = useMemo(() => {
    const found = asked === '' || !hits ? null : new Set(hits.map(({ productId }) => productId))
    const categoryIds = new Set(catalogue.categories.map(({ categoryId }) => categoryId))
    return filterProducts(inNameOrder(catalogue.products, locale), filter, asked, found, categoryIds)
  }, [catalogue, filter, asked, hits, locale])
  return { products, isCut: asked !== '' && hits?.length === mostHits }
}

/** Kept while the app is open: a screen that is opened again need not sort again. */
const inNameOrder = createNameOrder<Product>(({ productId }) => productId)
