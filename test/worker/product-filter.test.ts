import { describe, expect, test } from 'vitest'
import { priceSpan } from '#domain/price-span.ts'
import { filterProducts, type ProductFilter } from '../../src/worker/product-filter.ts'
import { product, variant } from '../domain/product-samples.ts'

const tea = product('Tea', { categoryId: 'drinks' })
const cafe = product('Café crème', {
  isActive: false,
  variants: [variant('v', { name: 'Big', sku: 'CAF-9', barcodes: ['96385074'], priceMinor: 300 })],
})
const mug = product('Mug', { categoryId: 'gone' })
const all = [tea, cafe, mug]

const found = (filter: Partial<ProductFilter>, text = '', hits: string[] | null = null) =>
  filterProducts(
    all,
    { categoryId: null, saleState: 'all', ...filter },
    text,
    hits && new Set(hits),
    new Set(['drinks']),
  ).map(({ name }) => name)

describe('filterProducts', () => {
  test('by category; one that is gone is none', () => {
    expect(found({ categoryId: 'drinks' })).toEqual(['Tea'])
    expect(found({ categoryId: '' })).toEqual(['Café crème', 'Mug'])
  })

  test('by being on sale', () => {
    expect(found({ saleState: 'on-sale' })).toEqual(['Tea', 'Mug'])
    expect(found({ saleState: 'off-sale' })).toEqual(['Café crème'])
  })

  test.each(['cafe', 'cre big', 'caf 9', '963'])('what is not on sale is found by %s too', (text) =>
    expect(found({}, text, ['Mug'])).toEqual(['Café crème', 'Mug']),
  )

  test('what the device did not find is left out', () => expect(found({}, 'rème', [])).toEqual([]))
})

test('prices from the cheapest variant to the dearest', () => {
  const [one] = cafe.variants
  expect(priceSpan({ ...cafe, variants: [one!, { ...one!, priceMinor: 250 }] })).toEqual({
    leastMinor: 250,
    mostMinor: 300,
  })
})
