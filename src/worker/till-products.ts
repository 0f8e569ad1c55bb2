import type { Product } from '#domain/catalogue.ts'
import type { TillProductsApi } from './api-lists.ts'
import type { ProductHit } from './api-selling.ts'
import type { ResidentCatalogue } from './catalogue.ts'
import type { Events } from './events.ts'
import { keptAnswers } from './kept-answers.ts'
import { pageOf } from './list-page.ts'
import { createNameOrder } from './name-order.ts'
import { type FilledPage, productPages } from './product-pages.ts'

export type TillProductsDependencies = {
  readonly catalogue: Pick<
    ResidentCatalogue,
    'shopRecords' | 'list' | 'find' | 'searchProducts' | 'findByBarcode' | 'prepareSearch'
  >
  readonly events: Pick<Events, 'listen'>
}

/** Products are put on their pages once, and a page is sorted when it is first looked at, until one of them changes. */
export function createTillProducts({ catalogue, events }: TillProductsDependencies): TillProductsApi {
  const filled = keptAnswers(async (_: null) =>
    productPages(await catalogue.list('category'), await catalogue.list('product')),
  )
  events.listen(({ recordKeys }) => {
    if (recordKeys === 'all' || recordKeys?.some(([kind]) => kind === 'product' || kind === 'category'))
      filled.forget()
  })
  const inOrder = createPageOrders()
  const withProduct = async ({ productId, variantId }: ProductHit) => {
    const product = await catalogue.find('product', productId)
    return product && { product, variantId }
  }
  return {
    shopRecords: catalogue.shopRecords,
    productPages: async () =>
      (await filled.read(null)).map(({ pageId, name, category }) => ({ pageId, name, category })),
    listTiles: async (pageId, locale, offset, limit) => {
      catalogue.prepareSearch()
      const pages = await filled.read(null)
      const page = pages.find((one) => one.pageId === pageId) ?? pages[0]
      if (!page) return { pageId: null, total: 0, rows: [] }
      return { pageId: page.pageId, ...pageOf(await inOrder(page, locale), offset, limit) }
    },
    searchProducts: async (text, limit) => {
      const found = await Promise.all((await catalogue.searchProducts(text, limit)).map(withProduct))
      return found.filter((one) => one !== null)
    },
    findByBarcode: async (barcode) => {
      const hit = await catalogue.findByBarcode(barcode)
      return hit && withProduct(hit)
    },
    product: (productId) => catalogue.find('product', productId),
  }
}

/** Each page keeps the order that it had: after a change it is sorted from there. */
function createPageOrders(): (page: FilledPage, locale: string) => Promise<readonly Product[]> {
  const orders = new Map<string, ReturnType<typeof createNameOrder<Product>>>()
  return async ({ pageId, products, isByName }, locale) => {
    if (!isByName) return products
    let order = orders.get(pageId)
    if (!order) orders.set(pageId, (order = createNameOrder<Product>(({ productId }) => productId)))
    return order(products, locale)
  }
}
