import { describe, expect, test } from 'vitest'
import { recogniseShape } from '../../src/import/recognise-shape.ts'

describe('recogniseShape', () => {
  test('knows a Square export with columns missing or added', () => {
    const header = 'Date,Time,Item,Qty,Gross Sales,Net Sales,Transaction ID,Event Type,Tax,Employee'.split(
      ',',
    )
    const { shape, mapping } = recogniseShape(header)
    expect(shape).toBe('square-items')
    expect(mapping).toMatchObject({ net: 'Net Sales', eventType: 'Event Type', tax: 'Tax' })
    expect(mapping.discount).toBeUndefined()
  })

  test('suggests a mapping by names for an unknown header', () => {
    const header = [
      'Sale Date',
      'Receipt #',
      'Receipt no.',
      'Item name',
      'QTY',
      'Unit price',
      'Payment method',
      'Colour',
    ]
    expect(recogniseShape(header)).toEqual({
      shape: 'unknown',
      mapping: {
        date: 'Sale Date',
        receiptNumber: 'Receipt no.',
        product: 'Item name',
        quantity: 'QTY',
        unitPrice: 'Unit price',
        tender: 'Payment method',
      },
    })
  })

  test('uses no column twice and none whose name stands twice', () => {
    const { mapping } = recogniseShape(['Date', 'Item', 'Total', 'Total', 'Betrag'])
    expect(mapping).toEqual({ date: 'Date', product: 'Item', total: 'Betrag' })
  })
})
