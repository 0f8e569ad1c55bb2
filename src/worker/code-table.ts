import type { Product, Variant } from '#domain/catalogue.ts'
import { readGtin } from '#domain/gtin.ts'
import { foldText } from '#domain/search-words.ts'
import type { ProductHit } from './api-selling.ts'
import { byCodeUnits } from './in-order.ts'
import type { Steps } from './in-slices.ts'
import { manyOf, type OneOrMany, withOne, withoutOne } from './one-or-many.ts'

export type CodeTable = {
  replace(before: Product | null, after: Product | null): void
  find(code: string): ProductHit | null
}

/**
 * Exact codes, and GTINs as numbers: their leading zeros don't count. Which variant has a code is looked up when it is
 * scanned: products are there anyway, and a table of their variants would be three times as large.
 */
export function* buildCodeTable(products: readonly Product[]): Steps<CodeTable> {
  const exact = new Map<string, OneOrMany<Product>>()
  const gtins = new Map<number, OneOrMany<Product>>()
  const add = (product: Product): void => {
    for (const key of exactKeys(product)) hold(exact, key, product)
    for (const gtin of gtinsOf(product)) hold(gtins, gtin, product)
  }
  for (const product of products) {
    add(product)
    yield
  }
  return {
    replace(before, after) {
      if (before) {
        for (const key of exactKeys(before)) release(exact, key, before)
        for (const gtin of gtinsOf(before)) release(gtins, gtin, before)
      }
      if (after) add(after)
    },
    find(code) {
      const key = exactKey(code)
      const same = oldestFirst(exact.get(key))
      const scanned = scannedGtin(code)
      return (
        firstWith(same, ({ barcodes }) => barcodes.some((barcode) => exactKey(barcode) === key)) ??
        firstWith(same, ({ sku }) => sku !== null && exactKey(sku) === key) ??
        firstWith(scanned === null ? [] : oldestFirst(gtins.get(scanned)), ({ barcodes }) =>
          barcodes.some((barcode) => gtinOf(barcode) === scanned),
        )
      )
    },
  }
}

function hold<Key>(table: Map<Key, OneOrMany<Product>>, key: Key, product: Product): void {
  const held = table.get(key)
  const now = withOne(held, product)
  if (now !== held) table.set(key, now)
}

/** It is held as it was when its codes last changed: its id tells. */
function release<Key>(table: Map<Key, OneOrMany<Product>>, key: Key, { productId }: Product): void {
  const held = table.get(key)
  const released = manyOf(held).find((product) => product.productId === productId)
  const left = held && released ? withoutOne(held, released) : held
  if (left) table.set(key, left)
  else table.delete(key)
}

/** Their ids tell. */
function oldestFirst(held: OneOrMany<Product> | undefined): readonly Product[] {
  return manyOf(held).toSorted((one, other) => byCodeUnits(one.productId, other.productId))
}

function firstWith(products: readonly Product[], hasCode: (variant: Variant) => boolean): ProductHit | null {
  for (const { productId, variants } of products) {
    const variant = variants.find(hasCode)
    if (variant) return { productId, variantId: variant.variantId }
  }
  return null
}

function exactKeys(product: Product): string[] {
  const keys: string[] = []
  for (const { sku, barcodes } of product.variants) {
    for (const barcode of barcodes) keys.push(exactKey(barcode))
    if (sku) keys.push(exactKey(sku))
  }
  return keys
}

function gtinsOf(product: Product): number[] {
  const gtins: number[] = []
  for (const { barcodes } of product.variants)
    for (const barcode of barcodes) {
      const gtin = gtinOf(barcode)
      if (gtin !== null) gtins.push(gtin)
    }
  return gtins
}

function exactKey(code: string): string {
  return foldText(code.trim())
}

function gtinOf(barcode: string): number | null {
  const gtin = readGtin(barcode)
  return gtin.ok ? Number(gtin.value.digits) : null
}

/** With any number of leading zeros, printed or left out. */
function scannedGtin(code: string): number | null {
  const digits = code.replace(/[\s-]/g, '')
  return /^\d{1,14}$/.test(digits) ? Number(digits) : null
}
