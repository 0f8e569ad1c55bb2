import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Product } from '#domain/catalogue.ts'
import type { Turns } from '../../src/worker/in-slices.ts'
import { createSearchIndex, type SearchIndex } from '../../src/worker/search-index.ts'
import { product, variant } from '../domain/product-samples.ts'

const indexOf = (products: readonly Product[]) => createSearchIndex(() => products)

const shop = indexOf([
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

const ids = async (text: string, limit = 10) => (await shop.search(text, limit)).map((hit) => hit.productId)

describe('search', () => {
  test('finds every word by its beginning, without accents and case', async () => {
    expect(await ids('cafe')).toEqual(['latte'])
    expect(await ids('LAT caf')).toEqual(['latte'])
    expect(await ids('weissb')).toEqual(['bread'])
    expect(await ids('atte')).toEqual([])
  })

  test('gives the very code first, then names that begin as asked, then the others', async () => {
    expect(await ids('latte')).toEqual(['tea', 'latte', 'iced'])
    expect(await ids('i')).toEqual(['iced'])
  })

  test('names a variant only where its own words or codes were asked for', async () => {
    expect(await shop.search('iced', 10)).toEqual([{ productId: 'iced', variantId: null }])
    expect(await shop.search('iced large', 10)).toEqual([{ productId: 'iced', variantId: 'l' }])
    expect(await shop.search('il-s', 10)).toEqual([{ productId: 'iced', variantId: 's' }])
  })

  test('holds to its limit, and finds nothing for nothing', async () => {
    expect(await ids('latte', 2)).toHaveLength(2)
    expect(await ids('  ')).toEqual([])
  })

  test('scans a GTIN of any length, leading zeros ignored, and house codes as they are', async () => {
    const large = { productId: 'iced', variantId: 'l' }
    expect(await shop.findByCode('012345678905')).toEqual(large)
    expect(await shop.findByCode('12345678905')).toEqual(large)
    expect(await shop.findByCode('00012345678905')).toEqual(large)
    expect(await shop.findByCode('096385074')).toEqual({ productId: 'tea', variantId: 'tea-1' })
    expect(await shop.findByCode('IL-s')).toEqual({ productId: 'iced', variantId: 's' })
    expect(await shop.findByCode('012345678906')).toBeNull()
  })

  test('a code with a dash is found as it is typed', async () => {
    const caf = indexOf([product('Tea', { variants: [variant('t', { sku: 'CAF-9' })] })])
    expect(await caf.search('caf-9', 10)).toEqual([{ productId: 'Tea', variantId: null }])
    expect(await caf.search('caf-8', 10)).toEqual([])
  })

  test('of two products with one code the older keeps it, and a barcode goes before a SKU', async () => {
    const one = product('1', { variants: [variant('v', { barcodes: ['4711'] })] })
    const two = product('2', { variants: [variant('w', { barcodes: ['4711'], sku: '0815' })] })
    const three = product('3', { variants: [variant('x', { barcodes: ['0815'] })] })
    const both = indexOf([two, three, one])
    expect(await both.findByCode('4711')).toEqual({ productId: '1', variantId: 'v' })
    expect(await both.findByCode('0815')).toEqual({ productId: '3', variantId: 'x' })
  })

  test('finds the same among 50,000 products, and no more than asked for', async () => {
    const words = ['apple', 'bread', 'citrus', 'dates', 'egg', 'flour', 'grape', 'honey']
    const many = indexOf(
      Array.from({ length: 50_000 }, (_, n) =>
        product(`p${n}`, {
          name: `${words[n % 8]} ${words[(n >> 3) % 8]} ${n}`,
          variants: [variant('only', { sku: `SKU-${n}` })],
        }),
      ),
    )
    expect(await many.search('b', 50)).toHaveLength(50)
    expect((await many.search('sku-4711', 50))[0]).toMatchObject({ productId: 'p4711' })
    expect(await many.search('honey grape 12351', 50)).toEqual([])
    expect(await many.search('honey honey 12351', 50)).toEqual([{ productId: 'p12351', variantId: null }])
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
  type Change = readonly [productId: string, make: ((productId: string) => Product) | null]
  const asked = ['t', 'te', 'tea', 'tea te', 'cre', 's', '4', 'te-1', 'ten ice', '096385074', 'tea small']

  /** The products as they are, and an index that is told of each change. */
  const shopWith = (before: readonly Change[], turns?: Turns) => {
    const held = new Map<string, Product>()
    for (const [productId, make] of before) if (make) held.set(productId, make(productId))
    const index = createSearchIndex(() => [...held.values()], turns)
    const hold = ([productId, make]: Change): [Product | null, Product | null] => {
      const was = held.get(productId) ?? null
      const is = make?.(productId) ?? null
      if (is) held.set(productId, is)
      else held.delete(productId)
      return [was, is]
    }
    return { held, index, hold, change: (change: Change) => index.update(...hold(change)) }
  }
  const answersOf = async (index: SearchIndex) => [
    await Promise.all(asked.map((text) => index.search(text, 9))),
    await Promise.all(codes.map((code) => index.findByCode(code))),
  ]
  const changes = fc.array(change, { maxLength: 8 })

  test('finds the same as one built anew', () =>
    fc.assert(
      fc.asyncProperty(changes, changes, fc.boolean(), async (before, after, isAsked) => {
        const { held, index, change } = shopWith(before)
        // What nobody has asked for is not built yet.
        if (isAsked)
          expect([await index.search('no such', 1), await index.findByCode('no such')]).toEqual([[], null])
        for (const each of after) {
          change(each)
          expect(await answersOf(index)).toEqual(await answersOf(indexOf([...held.values()])))
        }
      }),
      { numRuns: 300 },
    ))

  /** Changes come in wherever the building rests: after each of its steps. */
  const builtAmidChanges = (isTold: boolean) =>
    fc.asyncProperty(
      changes,
      fc.array(fc.option(change), { maxLength: 60 }),
      fc.boolean(),
      async (before, meanwhile, isScan) => {
        const coming = [...meanwhile]
        const pause = async () => {
          const next = coming.shift()
          if (next && isTold) change(next)
          else if (next) hold(next)
        }
        const { held, index, hold, change } = shopWith(before, { sliceMs: 0, pause })
        await (isScan ? index.findByCode('no such') : index.search('no such', 1))
        coming.length = 0
        expect(await answersOf(index)).toEqual(await answersOf(indexOf([...held.values()])))
      },
    )

  test('loses no change that came while it was being built, wherever that rested', () =>
    fc.assert(builtAmidChanges(true), { numRuns: 500 }))

  test('the control: one that is not told meanwhile is seen', async () => {
    expect((await fc.check(builtAmidChanges(false), { numRuns: 500 })).failed).toBe(true)
  })
})

describe('building', () => {
  const shop = Array.from({ length: 40 }, (_, n) => product(`Tea ${n}`))
  /** Rests after each step, and does then what is told. */
  const building = (atRest: (rests: number) => void = () => undefined) => {
    let rests = 0
    const pause = async () => atRest((rests += 1))
    return { index: createSearchIndex(() => shop, { sliceMs: 0, pause }), rests: () => rests }
  }

  test('ahead makes all that a scan and a search need', async () => {
    const { index, rests } = building()
    await index.prepare(() => false)
    const before = rests()
    expect(before).toBeGreaterThan(2 * shop.length)
    expect(await index.search('tea 7', 9)).toHaveLength(1)
    expect(await index.findByCode('none')).toBeNull()
    expect(rests()).toBe(before)
  })

  test('ahead ends where the catalogue is another one by then', async () => {
    const { index, rests } = building()
    await index.prepare(() => rests() >= 5)
    expect(rests()).toBe(5)
    // Who had it in hand then still gets an answer.
    expect(await index.search('tea 7', 9)).toHaveLength(1)
  })

  test('goes on where somebody waits for it, whatever has become of the catalogue', async () => {
    let found: Promise<unknown> | null = null
    const { index, rests } = building((count) => {
      if (count === 3) found = index.findByCode('none')
    })
    await index.prepare(() => rests() >= 5)
    expect(rests()).toBeGreaterThanOrEqual(shop.length)
    expect(await found).toBeNull()
  })

  test('is begun anew where it has failed', async () => {
    let isBroken = true
    const index = createSearchIndex(() => {
      if (isBroken) throw new Error('No memory')
      return shop
    })
    await expect(index.search('tea 7', 9)).rejects.toThrow('No memory')
    isBroken = false
    expect(await index.search('tea 7', 9)).toHaveLength(1)
  })
})
