import { describe, expect, test } from 'vitest'
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
