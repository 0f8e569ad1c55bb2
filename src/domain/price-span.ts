import type { Product } from './catalogue.ts'

/** From the cheapest variant to the dearest. */
export function priceSpan({ variants }: Pick<Product, 'variants'>): {
  readonly leastMinor: number
  readonly mostMinor: number
} {
  const prices = variants.map(({ priceMinor }) => priceMinor)
  return { leastMinor: Math.min(...prices), mostMinor: Math.max(...prices) }
}
