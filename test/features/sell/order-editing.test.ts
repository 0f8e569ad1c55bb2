import { describe, expect, test } from 'vitest'
import type { OrderLineInput } from '#domain/order.ts'
import { editingOf, editOrder, emptyOrder } from '../../../src/features/sell/order-editing.ts'
import type { OrderEdit, OrderEditing } from '../../../src/features/sell/order-editing.ts'

const coffee: OrderLineInput = {
  lineId: 'l1',
  productId: 'coffee',
  variantId: 'small',
  categoryId: null,
  name: 'Coffee',
  variantName: null,
  sku: null,
  quantityMilli: 1000,
  unitPriceMinor: 310,
  modifiers: [],
  discount: null,
  taxRates: [{ taxRateId: 't', name: 'Tax', rateBasisPoints: 825, isCompound: false }],
  note: null,
  catalogueVersion: 1,
  isStockTracked: true,
}
const oat = { modifierId: 'oat', name: 'Oat milk', priceMinor: 80 }
const shot = { modifierId: 'shot', name: 'Extra shot', priceMinor: 100 }

const start = editingOf(emptyOrder('o1', 0))

function after(...edits: OrderEdit[]): OrderEditing {
  return edits.reduce(editOrder, start)
}

function add(change: Partial<OrderLineInput> = {}): OrderEdit {
  return { kind: 'add', line: { ...coffee, ...change } }
}

describe('choosing again', () => {
  test('changes variant, price and modifiers, and keeps quantity, discount and note', () => {
    const tenOff = { kind: 'percent', rateBasisPoints: 1000, reason: '' } as const
    const large = {
      ...coffee,
      variantId: 'large',
      variantName: 'Large',
      unitPriceMinor: 410,
      modifiers: [oat],
    }
    const { order } = after(
      add(),
      { kind: 'set-quantity', lineId: 'l1', quantityMilli: 2000 },
      { kind: 'discount-line', lineId: 'l1', discount: tenOff },
      { kind: 'note-line', lineId: 'l1', note: 'Hot' },
      { kind: 'choose-again', lineId: 'l1', line: large },
    )
    expect(order.lines).toEqual([{ ...large, quantityMilli: 2000, discount: tenOff, note: 'Hot' }])
  })
})

describe('adding', () => {
  test('the same choice counts up the line it is on', () => {
    const { order, touchedLineId } = after(
      add(),
      add({ lineId: 'l2', productId: 'tea' }),
      add({ lineId: 'l3' }),
    )
    expect(order.lines.map(({ lineId, quantityMilli }) => [lineId, quantityMilli])).toEqual([
      ['l1', 2000],
      ['l2', 1000],
    ])
    expect(touchedLineId).toBe('l1')
  })

  test('the order in which modifiers were chosen does not matter', () => {
    expect(
      after(add({ modifiers: [oat, shot] }), add({ lineId: 'l2', modifiers: [shot, oat] })).order.lines,
    ).toHaveLength(1)
  })

  test.each([
    ['variant', { variantId: 'large' }],
    ['modifiers', { modifiers: [oat] }],
    ['price', { unitPriceMinor: 320 }],
    ['tax', { taxRates: [] }],
  ])('another %s is a line of its own', (_, change) => {
    expect(after(add(), add({ lineId: 'l2', ...change })).order.lines).toHaveLength(2)
  })

  test('a line with a note or a discount of its own stays as it is', () => {
    expect(
      after(add(), { kind: 'note-line', lineId: 'l1', note: 'No ice' }, add({ lineId: 'l2' })).order.lines,
    ).toHaveLength(2)
    const discount = { kind: 'percent', rateBasisPoints: 1000, reason: '' } as const
    expect(
      after(add(), { kind: 'discount-line', lineId: 'l1', discount }, add({ lineId: 'l2' })).order.lines,
    ).toHaveLength(2)
  })

  test('open items and what is weighed never merge', () => {
    expect(after(add({ productId: null }), add({ lineId: 'l2', productId: null })).order.lines).toHaveLength(
      2,
    )
    expect(after(add({ quantityMilli: 482 }), add({ lineId: 'l2' })).order.lines).toHaveLength(2)
  })
})

describe('changing a line', () => {
  test('a quantity of zero or less changes nothing: removing is an edit of its own', () => {
    const state = after(add())
    expect(editOrder(state, { kind: 'set-quantity', lineId: 'l1', quantityMilli: 0 })).toBe(state)
    expect(
      editOrder(state, { kind: 'set-quantity', lineId: 'l1', quantityMilli: 3000 }).order.lines[0]
        ?.quantityMilli,
    ).toBe(3000)
  })

  test('an empty note is no note', () => {
    expect(
      after(add({ note: 'x' }), { kind: 'note-line', lineId: 'l1', note: '  ' }).order.lines[0]?.note,
    ).toBeNull()
  })

  test('removing and putting back leaves the order as it was', () => {
    const before = after(
      add(),
      add({ lineId: 'l2', productId: 'tea' }),
      add({ lineId: 'l3', productId: 'water' }),
    )
    const line = before.order.lines[1]!
    const removed = editOrder(before, { kind: 'remove', lineId: 'l2' })
    expect(removed.order.lines.map(({ lineId }) => lineId)).toEqual(['l1', 'l3'])
    const back = editOrder(removed, { kind: 'put-back', line, index: 1 })
    expect(back.order).toEqual(before.order)
    expect(editOrder(back, { kind: 'put-back', line, index: 1 })).toBe(back)
  })

  test('removing the selected line closes it', () => {
    expect(
      after(add(), { kind: 'select', lineId: 'l1' }, { kind: 'remove', lineId: 'l1' }).selectedLineId,
    ).toBeNull()
  })
})

describe('whole orders', () => {
  test('a resumed order is not parked any more', () => {
    const parked = { ...after(add()).order, orderId: 'o2', parkedAs: 'Coffee' }
    expect(after({ kind: 'open', order: parked }).order).toEqual({ ...parked, parkedAs: null })
  })

  test('an order that could not be parked comes back before what was added since', () => {
    const parked = { ...after(add()).order, note: 'Table 4' }
    expect(after({ kind: 'bring-back', order: parked }).order).toEqual(parked)
    const merged = after(add({ lineId: 'l9', productId: 'tea' }), { kind: 'bring-back', order: parked }).order
    expect(merged.lines.map(({ lineId }) => lineId)).toEqual(['l1', 'l9'])
    expect(merged.note).toBe('Table 4')
  })
})
