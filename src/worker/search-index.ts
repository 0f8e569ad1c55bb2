import type { Product } from '#domain/catalogue.ts'
import { foldText, wordsOf, wordsOfFolded } from '#domain/search-words.ts'
import type { ProductHit } from './api-selling.ts'
import { type CodeTable, createCodeTable } from './code-table.ts'
import { addInOrder, byCodeUnits, removeInOrder } from './in-order.ts'
import { createWordLists, type Findable } from './word-lists.ts'

export type SearchIndex = {
  /** Products of which every word of the text begins a word of name, variant, SKU or barcode; best first. */
  search(text: string, limit: number): ProductHit[]
  /** Exact code; leading zeros of a GTIN don't count. Of products that share one the oldest, by its id, keeps it. */
  findByCode(code: string): ProductHit | null
  /** What has become of one product; null where it is gone. Building anew takes seconds where there are 50,000. */
  update(productId: string, product: Product | null): void
}

type Entry = Findable & {
  readonly hit: ProductHit
  readonly name: string
  readonly codes: readonly string[]
  /** Among those of its product. */
  readonly place: number
}

const MOST_WORDS_ASKED = 20

/** Codes and words are each built when first asked for: the first scan need not wait for words, which take five times as long. */
export function buildSearchIndex(products: readonly Product[]): SearchIndex {
  const held = new Map(
    products.filter(({ isActive }) => isActive).map((product) => [product.productId, product]),
  )
  let codes: CodeTable | null = null
  let texts: Texts | null = null

  const remove = (product: Product): void => {
    held.delete(product.productId)
    codes?.remove(product)
    texts?.remove(product)
  }
  const add = (product: Product): void => {
    held.set(product.productId, product)
    codes?.add(product)
    texts?.add(product)
  }

  return {
    search: (text, limit) => (texts ??= createTexts([...held.values()])).search(text, limit),
    findByCode: (code) => (codes ??= createCodeTable([...held.values()])).find(code),
    update(productId, product) {
      const before = held.get(productId)
      const after = product?.isActive ? product : undefined
      // A price, a picture or a category, as most edits are.
      if (before && after && searchedIn(before) === searchedIn(after)) return
      if (before) remove(before)
      if (after) add(after)
    },
  }
}

type Texts = Pick<SearchIndex, 'search'> & {
  add(product: Product): void
  remove(product: Product): void
}

function createTexts(products: readonly Product[]): Texts {
  const entries = products.flatMap(entriesOf).sort(inOrder)
  const words = createWordLists(entries, wordsIn)
  return {
    search: (text, limit) => {
      const asked = wordsOf(text).slice(0, MOST_WORDS_ASKED)
      return asked.length === 0 ? [] : bestOf(entries, words.meet(asked), foldText(text.trim()), limit)
    },
    add(product) {
      for (const entry of entriesOf(product)) {
        addInOrder(entries, entry, inOrder)
        words.add(entry)
      }
    },
    remove(product) {
      for (const sought of entriesOf(product)) words.remove(removeInOrder(entries, sought, inOrder)!)
    },
  }
}

/** One entry per product; where there are variants to choose from, one for each of them too. */
function entriesOf({ productId, name, variants }: Product): Entry[] {
  const folded = foldText(name)
  const codesOf = ({ sku, barcodes }: Product['variants'][number]) =>
    (sku === null ? barcodes : [sku, ...barcodes]).map(foldText)
  const whole = { hit: { productId, variantId: null }, name: folded, place: 0, met: 0 }
  const [only, ...others] = variants
  if (only === undefined || others.length === 0) return [{ ...whole, codes: only ? codesOf(only) : [] }]
  return [
    { ...whole, codes: [] },
    ...variants.map((variant, index) => ({
      hit: { productId, variantId: variant.variantId },
      name: `${folded} ${foldText(variant.name)}`,
      codes: codesOf(variant),
      place: index + 1,
      met: 0,
    })),
  ]
}

function searchedIn({ name, variants }: Product): string {
  return JSON.stringify([
    name,
    variants.map(({ variantId, name, sku, barcodes }) => [variantId, name, sku, barcodes]),
  ])
}

/** A code is found by its beginning, and by its parts: who types "caf-9" asks for two words. */
function wordsIn({ name, codes }: Entry): ReadonlySet<string> {
  return new Set([...wordsOfFolded(name), ...codes, ...codes.flatMap(wordsOfFolded)])
}

/** A product stands before its variants. */
function inOrder(one: Entry, other: Entry): number {
  return (
    byCodeUnits(one.name, other.name) ||
    byCodeUnits(one.hit.productId, other.hit.productId) ||
    one.place - other.place
  )
}

/** Ranks: the very code, a name that begins as asked, all others; within a rank by name. */
function bestOf(
  entries: readonly Entry[],
  isMet: (entry: Entry) => boolean,
  asked: string,
  limit: number,
): ProductHit[] {
  const ranks: ProductHit[][] = [[], [], []]
  const wholeProducts = new Set<string>()
  for (const entry of entries) {
    if (!isMet(entry)) continue
    const { hit, name, codes } = entry
    const isCode = codes.includes(asked)
    // Where a product's own name matches, its variants add nothing.
    if (!isCode && hit.variantId !== null && wholeProducts.has(hit.productId)) continue
    if (hit.variantId === null) wholeProducts.add(hit.productId)
    ranks[isCode ? 0 : name.startsWith(asked) ? 1 : 2]!.push(hit)
  }
  return ranks.flat().slice(0, limit)
}
