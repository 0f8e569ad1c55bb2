import type { Product } from '#domain/catalogue.ts'
import { readGtin } from '#domain/gtin.ts'
import { foldText } from '#domain/search-words.ts'
import type { ProductHit } from './api-selling.ts'
import { byCodeUnits } from './in-order.ts'

export type CodeTable = {
  add(product: Product): void
  remove(product: Product): void
  find(code: string): ProductHit | null
}

type Holder = ProductHit & {
  readonly isSku: boolean
  /** Of the variant in its product. */
  readonly place: number
}

/** Exact codes, and GTINs without their leading zeros. */
export function createCodeTable(products: readonly Product[]): CodeTable {
  const holders = new Map<string, readonly Holder[]>()
  const add = (product: Product): void => {
    for (const [key, holder] of keysOf(product)) holders.set(key, [...(holders.get(key) ?? []), holder])
  }
  products.forEach(add)
  const firstOf = (key: string): ProductHit | null => {
    const [first] = (holders.get(key) ?? []).toSorted(inOrder)
    return first ? { productId: first.productId, variantId: first.variantId } : null
  }
  return {
    add,
    remove(product) {
      for (const [key] of keysOf(product)) {
        const left = holders.get(key)?.filter(({ productId }) => productId !== product.productId) ?? []
        if (left.length > 0) holders.set(key, left)
        else holders.delete(key)
      }
    },
    find: (code) => firstOf(exactKey(code)) ?? firstOf(gtinKey(code) ?? ''),
  }
}

/** Barcodes go before SKUs, older products before newer ones: their ids tell. */
function inOrder(one: Holder, other: Holder): number {
  if (one.isSku !== other.isSku) return one.isSku ? 1 : -1
  return byCodeUnits(one.productId, other.productId) || one.place - other.place
}

function keysOf({ productId, variants }: Product): (readonly [key: string, holder: Holder])[] {
  return variants.flatMap(({ variantId, sku, barcodes }, place) => {
    const holder = { productId, variantId, isSku: false, place }
    const keys = barcodes.flatMap((barcode) => {
      const gtin = readGtin(barcode).ok ? gtinKey(barcode) : null
      return gtin === null ? [exactKey(barcode)] : [exactKey(barcode), gtin]
    })
    const ofBarcodes = keys.map((key) => [key, holder] as const)
    return sku ? [...ofBarcodes, [exactKey(sku), { ...holder, isSku: true }] as const] : ofBarcodes
  })
}

function exactKey(code: string): string {
  return `=${foldText(code.trim())}`
}

function gtinKey(code: string): string | null {
  const digits = code.replace(/[\s-]/g, '')
  return /^\d{1,14}$/.test(digits) ? `#${digits.padStart(14, '0')}` : null
}
