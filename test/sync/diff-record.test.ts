import { describe, expect, test } from 'vitest'
import { diffRecord } from '#sync/diff-record.ts'

const product = (barcodes: readonly string[], modifierSetIds: readonly string[]) => ({
  productId: 'p1',
  name: 'Latte',
  modifierSetIds,
  variants: [{ variantId: 'small', name: 'Small', barcodes, priceMinor: 400 }],
})

describe('[R2] a set has no sequence', () => {
  const before = product(['111', '222'], ['milk', 'syrup'])

  test('one that only stands in another sequence is no change', () => {
    expect(diffRecord('product', before, product(['222', '111'], ['milk', 'syrup']))).toEqual({})
  })

  test('what was added to it and taken from it is', () => {
    expect(diffRecord('product', before, product(['333', '111'], ['milk', 'syrup']))).toEqual({
      'variants.small.barcodes': { add: ['333'], remove: ['222'] },
    })
  })
})
