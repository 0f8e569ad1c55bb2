import { describe, expect, test } from 'vitest'
import { parseMap } from '../../src/import/parse-map.ts'

const header = ['Date', 'Item', 'Qty', 'Price', 'Net, no tax', 'Date of birth ', 'Twice', 'Twice']

function failureCode(text: string): string | null {
  const outcome = parseMap(text, header)
  return outcome.ok ? null : outcome.failure.code
}

describe('parseMap', () => {
  test('reads fields and columns, without regard to case', () => {
    expect(parseMap('date=Date, Product = item,quantity=Qty,unitprice=price', header)).toEqual({
      ok: true,
      value: { date: 'Date', product: 'item', quantity: 'Qty', unitPrice: 'price' },
    })
  })

  test('reads a column name with a comma in quotation marks', () => {
    const outcome = parseMap('date=Date,product=Item,net="Net, no tax",device=Qty', header)
    expect(outcome.ok && outcome.value).toMatchObject({ net: 'Net, no tax', register: 'Qty' })
  })

  test.each([
    ['date=Date,product=Item,colour=Price', 'import/unknown-field'],
    ['date=Date,product=Item,net=Nett', 'import/no-such-column'],
    ['date=Date,product=Item,net=Twice', 'import/column-twice'],
    ['date=Date,date=Item', 'import/field-twice'],
    ['date', 'import/map-unreadable'],
    ['date=', 'import/map-unreadable'],
    ['', 'import/mapping-incomplete'],
    ['date=Date,product=Item', 'import/mapping-incomplete'],
    ['date=Date,product=Item,unitPrice=Price', 'import/mapping-incomplete'],
    ['product=Item,net=Price', 'import/mapping-incomplete'],
  ])('refuses %j', (text, code) => {
    expect(failureCode(text)).toBe(code)
  })

  test('names the fields that are still needed', () => {
    const outcome = parseMap('product=Item', header)
    expect(!outcome.ok && outcome.failure.sentence).toBe(
      'No column was chosen for: date; unitPrice and quantity, or net, gross or total.',
    )
  })
})
