import type { Product } from '#domain/catalogue.ts'
import { foldText, wordsOf, wordsOfFolded } from '#domain/search-words.ts'
import type { ProductHit } from './api-selling.ts'
import { addInOrder, byCodeUnits, removeInOrder } from './in-order.ts'
import type { Steps } from './in-slices.ts'
import { sortInSteps } from './sort-in-steps.ts'
import { buildWordLists, type Findable } from './word-lists.ts'

export type ProductTexts = {
  replace(before: Product | null, after: Product | null): void
  /** Best first. */
  search(text: string, limit: number): ProductHit[]
}

type Entry = Findable & {
  readonly product: Product
  readonly name: string
  /** 0 stands for the whole product, n for its nth variant. */
  readonly place: number
}

const MOST_WORDS_ASKED = 20

export function* buildProductTexts(products: readonly Product[]): Steps<ProductTexts> {
  const made: Entry[] = []
  for (const product of products) {
    made.push(...entriesOf(product))
    yield
  }
  // Before they are sorted: as they lie in memory it takes half the time.
  const words = yield* buildWordLists(made, wordsIn)
  const entries = yield* sortInSteps(made, inOrder)
  return {
    search: (text, limit) => {
      const asked = wordsOf(text).slice(0, MOST_WORDS_ASKED)
      if (asked.length === 0) return []
      const whole = foldText(text.trim())
      const withCode = words.withWord(whole).filter((entry) => codesOf(entry).includes(whole))
      return bestOf(entries.filter(words.meet(asked)), new Set(withCode), whole, limit)
    },
    replace(before, after) {
      const removed = entriesOf(before).map((sought) => removeInOrder(entries, sought, inOrder)!)
      for (const entry of entriesOf(after)) {
        addInOrder(entries, entry, inOrder)
        words.add(entry)
      }
      // Last: the words of both stay where they are among all words, which is what takes long.
      removed.forEach(words.remove)
    },
  }
}

/** One entry per product; where there are variants to choose from, one for each of them too. */
function entriesOf(product: Product | null): Entry[] {
  if (product === null) return []
  const name = foldText(product.name)
  const whole: Entry = { product, name, place: 0, met: 0 }
  if (product.variants.length < 2) return [whole]
  return [
    whole,
    ...product.variants.map((variant, index): Entry => {
      return { product, name: `${name} ${foldText(variant.name)}`, place: index + 1, met: 0 }
    }),
  ]
}

/** A product has the codes of its only variant. */
function codesOf({ product: { variants }, place }: Entry): string[] {
  const variant = place === 0 && variants.length > 1 ? undefined : variants[Math.max(place - 1, 0)]
  if (variant === undefined) return []
  const codes = variant.barcodes.map(foldText)
  if (variant.sku !== null) codes.push(foldText(variant.sku))
  return codes
}

/** A code is found by its beginning, and by its parts: who types "caf-9" asks for two words. */
function wordsIn(entry: Entry): readonly string[] {
  const words = [...wordsOfFolded(entry.name)]
  for (const code of codesOf(entry)) {
    words.push(code)
    if (!isOneWord.test(code)) words.push(...wordsOfFolded(code))
  }
  return words
}

/** Most codes are, and need not be taken apart. */
const isOneWord = /^[a-z0-9]+$/

/** A product stands before its variants. */
function inOrder(one: Entry, other: Entry): number {
  return (
    byCodeUnits(one.name, other.name) ||
    byCodeUnits(one.product.productId, other.product.productId) ||
    one.place - other.place
  )
}

/** Ranks: the very code, a name that begins as asked, all others; within a rank by name. */
function bestOf(
  met: readonly Entry[],
  withCode: ReadonlySet<Entry>,
  asked: string,
  limit: number,
): ProductHit[] {
  const ranks: Entry[][] = [[], [], []]
  const wholeProducts = new Set<Product>()
  for (const entry of met) {
    const { product, name, place } = entry
    const isCode = withCode.has(entry)
    // Where a product's own name matches, its variants add nothing.
    if (!isCode && place > 0 && wholeProducts.has(product)) continue
    if (place === 0 && product.variants.length > 1) wholeProducts.add(product)
    const rank = ranks[isCode ? 0 : name.startsWith(asked) ? 1 : 2]!
    if (rank.length < limit) rank.push(entry)
  }
  return ranks
    .flat()
    .slice(0, limit)
    .map(({ product: { productId, variants }, place }) => {
      return { productId, variantId: variants[place - 1]?.variantId ?? null }
    })
}
