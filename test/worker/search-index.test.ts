import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Product } from '#domain/catalogue.ts'
import { buildSearchIndex } from '../../src/worker/search-index.ts'
import { product, variant } from '../domain/product-samples.ts'

const shop = buildSearchIndex([
  product('latte', { name: 'Café Latte' }),
  product('iced', {
    name: 'Iced Latte',
    variants: [
      variant('s', { name: 'Small', sku: 'IL-S' }),
      variant('l', { name: 'Large', barcodes: ['0012345678905'] }),
    ],
  }),
  product('tea', {
    name: 'Green Tea',
    variants: [variant('tea-1', { sku: 'latte', barcodes: ['96385074'] })],
  }),
  product('bread', { name: 'Weißbrot' }),
  product('gone', { name: 'Latte of last year', isActive: false }),
])

const ids = (text: string, limit = 10) => shop.search(text, limit).map((hit) => hit.productId)

describe('search', () => {
  test('finds every word by its beginning, without accents and case', () => {
    expect(ids('cafe')).toEqual(['latte'])
    expect(ids('LAT caf')).toEqual(['latte'])
    expect(ids('weissb')).toEqual(['bread'])
    expect(ids('atte')).toEqual([])
  })

  test('gives the very code first, then names that begin as asked, then the others', () => {
    expect(ids('latte')).toEqual(['tea', 'latte', 'iced'])
    expect(ids('i')).toEqual(['iced'])
  })

  test('names a variant only where its own words or codes were asked for', () => {
    expect(shop.search('iced', 10)).toEqual([{ productId: 'iced', variantId: null }])
    expect(shop.search('iced large', 10)).toEqual([{ productId: 'iced', variantId: 'l' }])
    expect(shop.search('il-s', 10)).toEqual([{ productId: 'iced', variantId: 's' }])
  })

  test('holds to its limit, and finds nothing for nothing', () => {
    expect(ids('latte', 2)).toHaveLength(2)
    expect(ids('  ')).toEqual([])
  })

  test('scans a GTIN of any length, leading zeros ignored, and house codes as they are', () => {
    const large = { productId: 'iced', variantId: 'l' }
    expect(shop.findByCode('012345678905')).toEqual(large)
    expect(shop.findByCode('12345678905')).toEqual(large)
    expect(shop.findByCode('00012345678905')).toEqual(large)
    expect(shop.findByCode('096385074')).toEqual({ productId: 'tea', variantId: 'tea-1' })
    expect(shop.findByCode('IL-s')).toEqual({ productId: 'iced', variantId: 's' })
    expect(shop.findByCode('012345678906')).toBeNull()
  })

  test('a code with a dash is found as it is typed', () => {
    const caf = buildSearchIndex([product('Tea', { variants: [variant('t', { sku: 'CAF-9' })] })])
    expect(caf.search('caf-9', 10)).toEqual([{ productId: 'Tea', variantId: null }])
    expect(caf.search('caf-8', 10)).toEqual([])
  })

  test('of two products with one code the older keeps it, and a barcode goes before a SKU', () => {
    const one = product('1', { variants: [variant('v', { barcodes: ['4711'] })] })
    const two = product('2', { variants: [variant('w', { barcodes: ['4711'], sku: '0815' })] })
    const three = product('3', { variants: [variant('x', { barcodes: ['0815'] })] })
    const both = buildSearchIndex([two, three, one])
    expect(both.findByCode('4711')).toEqual({ productId: '1', variantId: 'v' })
    expect(both.findByCode('0815')).toEqual({ productId: '3', variantId: 'x' })
  })

  test('finds the same among 50,000 products, and no more than asked for', () => {
    const words = ['apple', 'bread', 'citrus', 'dates', 'egg', 'flour', 'grape', 'honey']
    const many = buildSearchIndex(
      Array.from({ length: 50_000 }, (_, n) =>
        product(`p${n}`, {
          name: `${words[n % 8]} ${words[(n >> 3) % 8]} ${n}`,
          variants: [variant('only', { sku: `SKU-${n}` })],
        }),
      ),
    )
    expect(many.search('b', 50)).toHaveLength(50)
    expect(many.search('sku-4711', 50)[0]).toMatchObject({ productId: 'p4711' })
    expect(many.search('honey grape 12351', 50)).toEqual([])
    expect(many.search('honey honey 12351', 50)).toEqual([{ productId: 'p12351', variantId: null }])
  })
})

describe('an index that was told of changes', () => {
  const parts = ['tea', 'ten', 'Crème', 'te', 'ice']
  const codes = ['4711', '0815', '96385074', '096385074', 'te-1', 'TEN']
  const name = fc
    .array(fc.constantFrom(...parts), { minLength: 1, maxLength: 3 })
    .map((some) => some.join(' '))
  const someVariants = fc.array(
    fc.record({
      name: fc.constantFrom('', 'Small', 'Tea'),
      sku: fc.constantFrom(null, ...codes),
      barcodes: fc.subarray(codes, { maxLength: 2 }),
    }),
    { maxLength: 3 },
  )
  const someProduct = fc.record({ name, isActive: fc.boolean(), someVariants }).map(
    ({ someVariants: each, ...more }) =>
      (productId: string): Product =>
        product(productId, { ...more, variants: each.map((change, at) => variant(`v${at}`, change)) }),
  )
  const change = fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.option(someProduct, { freq: 4 }))
  const asked = ['t', 'te', 'tea', 'tea te', 'cre', 's', '4', 'te-1', 'ten ice', '096385074', 'tea small']

  test('finds the same as one built anew', () => {
    fc.assert(
      fc.property(
        fc.array(change, { maxLength: 8 }),
        fc.array(change, { maxLength: 8 }),
        fc.boolean(),
        (before, after, isAsked) => {
          const held = new Map<string, Product>()
          for (const [productId, make] of before) if (make) held.set(productId, make(productId))
          const index = buildSearchIndex([...held.values()])
          // What nobody has asked for is not built yet.
          if (isAsked) expect([index.search('no such', 1), index.findByCode('no such')]).toEqual([[], null])
          for (const [productId, make] of after) {
            const made = make?.(productId) ?? null
            if (made) held.set(productId, made)
            else held.delete(productId)
            index.update(productId, made)
            const anew = buildSearchIndex([...held.values()])
            for (const text of asked) expect(index.search(text, 9)).toEqual(anew.search(text, 9))
            for (const code of codes) expect(index.findByCode(code)).toEqual(anew.findByCode(code))
          }
        },
      ),
      { numRuns: 300 },
    )
  })
})
