import { describe, expect, test } from 'vitest'
import type { Product } from '#domain/catalogue.ts'
import type { RecordRow } from '../../src/storage/rows.ts'
import type { Store } from '../../src/storage/store.ts'
import { createCatalogue } from '../../src/worker/catalogue.ts'
import type { DeviceEvent } from '../../src/worker/events.ts'
import { product, variant } from '../domain/product-samples.ts'

/** Products in memory; counts how often all of them are read. */
function shopOf(...products: Product[]) {
  const held = new Map(products.map((doc) => [doc.productId, doc]))
  const listeners: ((event: DeviceEvent) => void)[] = []
  let reads = 0
  const rowOf = (doc: Product): RecordRow => ({
    kind: 'product',
    id: doc.productId,
    generation: 1,
    v: 1,
    doc,
  })
  const store: Pick<Store, 'listRecords' | 'loadRecords'> = {
    listRecords: async () => {
      reads += 1
      return [...held.values()].map(rowOf)
    },
    loadRecords: async (keys) =>
      keys.map(([, id]) => {
        const doc = held.get(id)
        return doc && rowOf(doc)
      }),
  }
  let idle: (() => void) | null = null
  const catalogue = createCatalogue(
    store as Store,
    { emit: () => undefined, listen: (listener) => void listeners.push(listener) },
    {
      after: (_, run) => {
        idle = run
        return () => (idle = null)
      },
    },
  )
  const tell = (recordKeys: NonNullable<DeviceEvent['recordKeys']>) =>
    listeners.forEach((listener) => listener({ topics: ['catalogue'], recordKeys }))
  const found = async (text: string) => (await catalogue.searchProducts(text, 9)).map((hit) => hit.productId)
  return { catalogue, held, tell, found, reads: () => reads, idle: () => idle }
}

describe('the resident catalogue', () => {
  test('finds a product by what it is called now, without reading all of them again', async () => {
    const { held, tell, found, catalogue, reads } = shopOf(product('1', { name: 'Tea' }), product('2'))
    expect(await found('tea')).toEqual(['1'])
    held.set('1', product('1', { name: 'Coffee', variants: [variant('v', { barcodes: ['96385074'] })] }))
    held.set('3', product('3', { name: 'Tea cake' }))
    held.delete('2')
    tell([
      ['product', '1'],
      ['product', '2'],
      ['product', '3'],
    ])
    expect(await found('tea')).toEqual(['3'])
    expect(await found('cof')).toEqual(['1'])
    expect(await found('2')).toEqual([])
    expect(await catalogue.findByBarcode('96385074')).toEqual({ productId: '1', variantId: 'v' })
    expect(reads()).toBe(1)
  })

  test('reads all of them where too many changed to be named', async () => {
    const { held, tell, found, reads } = shopOf(product('1', { name: 'Tea' }))
    expect(await found('tea')).toEqual(['1'])
    held.set('2', product('2', { name: 'Tea cake' }))
    tell('all')
    expect(await found('tea')).toEqual(['1', '2'])
    expect(reads()).toBe(2)
  })

  test('gets ready for search when nothing has been asked for a moment, and hears what changes then', async () => {
    const { held, tell, found, catalogue, reads, idle } = shopOf(product('1', { name: 'Tea' }))
    catalogue.prepareSearch()
    const first = idle()!
    catalogue.prepareSearch()
    expect(idle()).not.toBe(first)
    expect(reads()).toBe(0)
    idle()!()
    held.set('1', product('1', { name: 'Coffee' }))
    tell([['product', '1']])
    expect(await found('cof')).toEqual(['1'])
    expect(await found('tea')).toEqual([])
    expect(reads()).toBe(1)
  })

  test('tells its search of a product that comes back on sale, and of one that is told twice', async () => {
    const { held, tell, found } = shopOf(product('1', { name: 'Tea', isActive: false }))
    expect(await found('tea')).toEqual([])
    for (const isActive of [true, true, false, true]) {
      held.set('1', product('1', { name: 'Tea', isActive }))
      tell([
        ['product', '1'],
        ['product', '1'],
      ])
      expect(await found('tea')).toEqual(isActive ? ['1'] : [])
    }
  })
})
