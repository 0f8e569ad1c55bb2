import { readGtin } from '#domain/gtin.ts'
import type { Product } from '#domain/catalogue.ts'
import type { ProductHit } from './api-selling.ts'

export type SearchIndex = {
  /** Products of which every word of the text begins a word of name, variant, SKU or barcode; best first. */
  search(text: string, limit: number): ProductHit[]
  /** Exact code; leading zeros of a GTIN don't count. */
  findByCode(code: string): ProductHit | null
}

type Entry = { readonly hit: ProductHit; readonly name: string; readonly codes: readonly string[] }

/** Lower case, without accents, so that "cafe" finds "Café". */
export function foldText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/æ/g, 'ae')
    .replace(/ø/g, 'o')
    .replace(/ł/g, 'l')
}

export function buildSearchIndex(products: readonly Product[]): SearchIndex {
  const active = products.filter((product) => product.isActive)
  const entries = active.flatMap(entriesOf).sort((one, other) => compareText(one.name, other.name))
  const words = buildWords(entries)
  const codes = buildCodes(active)
  return {
    search: (text, limit) => {
      const asked = wordsOf(text)
      return asked.length === 0 ? [] : bestOf(entries, words.allBegunBy(asked), foldText(text.trim()), limit)
    },
    findByCode: (code) => codes.get(exactKey(code)) ?? codes.get(gtinKey(code) ?? '') ?? null,
  }
}

/** One entry per product; where there are variants to choose from, one for each of them too. */
function entriesOf({ productId, name, variants }: Product): Entry[] {
  const folded = foldText(name)
  const codesOf = ({ sku, barcodes }: Product['variants'][number]) =>
    (sku === null ? barcodes : [sku, ...barcodes]).map(foldText)
  const [only, ...others] = variants
  if (only === undefined || others.length === 0)
    return [{ hit: { productId, variantId: null }, name: folded, codes: only ? codesOf(only) : [] }]
  return [
    { hit: { productId, variantId: null }, name: folded, codes: [] },
    ...variants.map((variant) => ({
      hit: { productId, variantId: variant.variantId },
      name: `${folded} ${foldText(variant.name)}`,
      codes: codesOf(variant),
    })),
  ]
}

/** Every distinct word in order, with the entries that have it: a beginning is one stretch of it. */
function buildWords(entries: readonly Entry[]) {
  const postings = new Map<string, number[]>()
  for (const [index, { name, codes }] of entries.entries()) {
    for (const word of new Set([...wordsOf(name), ...codes])) {
      const places = postings.get(word)
      if (places) places.push(index)
      else postings.set(word, [index])
    }
  }
  const sorted = [...postings.keys()].sort(compareText)
  /** How many of the words asked for each entry has, in places of `entries`. */
  const allBegunBy = (asked: readonly string[]): Uint8Array => {
    const met = new Uint8Array(entries.length)
    for (const [round, beginning] of asked.entries()) {
      for (let place = firstFrom(sorted, beginning); sorted[place]?.startsWith(beginning); place += 1)
        for (const index of postings.get(sorted[place]!)!) if (met[index] === round) met[index] = round + 1
    }
    return met.map((count) => (count === asked.length ? 1 : 0))
  }
  return { allBegunBy }
}

/** Ranks: the very code, a name that begins as asked, all others; within a rank by name. */
function bestOf(entries: readonly Entry[], matches: Uint8Array, asked: string, limit: number): ProductHit[] {
  const ranks: ProductHit[][] = [[], [], []]
  const wholeProducts = new Set<string>()
  for (const [index, { hit, name, codes }] of entries.entries()) {
    if (matches[index] === 0) continue
    const isCode = codes.includes(asked)
    // A product stands before its variants in `entries`: where its own name matches, they add nothing.
    if (!isCode && hit.variantId !== null && wholeProducts.has(hit.productId)) continue
    if (hit.variantId === null) wholeProducts.add(hit.productId)
    ranks[isCode ? 0 : name.startsWith(asked) ? 1 : 2]!.push(hit)
  }
  return ranks.flat().slice(0, limit)
}

/** The first product that has a code keeps it; barcodes go before SKUs. */
function buildCodes(products: readonly Product[]): Map<string, ProductHit> {
  const codes = new Map<string, ProductHit>()
  const add = (key: string | null, hit: ProductHit): void => {
    if (key !== null && !codes.has(key)) codes.set(key, hit)
  }
  for (const { productId, variants } of products)
    for (const { variantId, barcodes } of variants)
      for (const barcode of barcodes) {
        add(exactKey(barcode), { productId, variantId })
        if (readGtin(barcode).ok) add(gtinKey(barcode), { productId, variantId })
      }
  for (const { productId, variants } of products)
    for (const { variantId, sku } of variants) if (sku) add(exactKey(sku), { productId, variantId })
  return codes
}

function exactKey(code: string): string {
  return `=${foldText(code.trim())}`
}

function gtinKey(code: string): string | null {
  const digits = code.replace(/[\s-]/g, '')
  return /^\d{1,14}$/.test(digits) ? `#${digits.padStart(14, '0')}` : null
}

function wordsOf(text: string): string[] {
  return foldText(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .slice(0, 20)
}

function firstFrom(sorted: readonly string[], beginning: string): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (sorted[middle]! < beginning) low = middle + 1
    else high = middle
  }
  return low
}

function compareText(one: string, other: string): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}
