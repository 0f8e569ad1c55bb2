import { describe, expect, test } from 'vitest'
import {
  amountExample,
  dateExample,
  dateReadings,
  decimalReadings,
} from '../../../src/features/import/examples.ts'

const sample = (column: string, cells: readonly string[], field: string) => ({
  header: ['Other', column],
  mapping: { [field]: column },
  sampleRows: cells.map((cell) => ['x', cell]),
})

describe('the example beside a question', () => {
  test('is a date of the file that both readings allow, with what each of them means', () => {
    const example = dateExample(sample('Day', ['13/04/2024', '05/05/2024', '03/04/2024 10:15'], 'date'))
    expect(example).toBe('03/04/2024')
    expect(dateReadings(example, 'en-US')).toEqual({ monthFirst: 'March 4, 2024', dayFirst: 'April 3, 2024' })
    expect(dateReadings('1.2.24', 'en-US')).toEqual({
      monthFirst: 'January 2, 2024',
      dayFirst: 'February 1, 2024',
    })
  })

  test('is an amount of the file with both readings, whichever mark it has', () => {
    expect(amountExample(sample('Price', ['12', '$1,250'], 'unitPrice'))).toBe('1,250')
    expect(decimalReadings('1,250', 'en-US')).toEqual({ point: '1,250', comma: '1.250' })
    expect(decimalReadings('1.250', 'en-US')).toEqual({ point: '1.250', comma: '1,250' })
  })

  test('is left out where the first rows hold none', () => {
    expect(dateExample(sample('Day', ['2024-03-04', '13/04/2024'], 'date'))).toBeNull()
    expect(amountExample(sample('Price', ['12.50'], 'unitPrice'))).toBeNull()
    expect(dateReadings(null, 'en-US')).toBeNull()
    expect(decimalReadings(null, 'en-US')).toBeNull()
  })
})
