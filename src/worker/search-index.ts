import type { Product } from '#domain/catalogue.ts'
import type { ProductHit } from './api-selling.ts'
import { builtInSlices } from './built-in-slices.ts'
import { buildCodeTable } from './code-table.ts'
import type { Turns } from './in-slices.ts'
import { buildProductTexts } from './product-texts.ts'

export type SearchIndex = {
  /** Products of which every word of the text begins a word of name, variant, SKU or barcode; best first. */
  search(text: string, limit: number): Promise<ProductHit[]>
  /** Exact code; leading zeros of a GTIN don't count. Of products that share one the oldest, by its id, keeps it. */
  findByCode(code: string): Promise<ProductHit | null>
  /** What has become of one product; null where there was, or is, none. */
  update(before: Product | null, after: Product | null): void
  /** Builds what nobody has asked for yet, unless it is over before. */
  prepare(isOver: () => boolean): Promise<void>
}

/**
 * Codes and words are each built when first asked for, or ahead of that: the first scan need not wait for words, which take
 * twice as long. `list` answers the products as they are now.
 */
export function createSearchIndex(list: () => readonly Product[], turns?: Turns): SearchIndex {
  const onSale = () => list().filter(({ isActive }) => isActive)
  const codes = builtInSlices(() => buildCodeTable(onSale()), turns)
  const texts = builtInSlices(() => buildProductTexts(onSale()), turns)
  return {
    search: async (text, limit) => (await texts.built()).search(text, limit),
    findByCode: async (code) => (await codes.built()).find(code),
    update(before, after) {
      const was = before?.isActive ? before : null
      const is = after?.isActive ? after : null
      // A price, a picture or a category, as most edits are.
      if (was && is && searchedIn(was) === searchedIn(is)) return
      for (const part of [codes, texts]) part.change((built) => built.replace(was, is))
    },
    async prepare(isOver) {
      await codes.prepare(isOver)
      await texts.prepare(isOver)
    },
  }
}

function searchedIn({ name, variants }: Product): string {
  return JSON.stringify([
    name,
    variants.map(({ variantId, name, sku, barcodes }) => [variantId, name, sku, barcodes]),
  ])
}
