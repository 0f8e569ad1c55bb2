import { describe, expect, test } from 'vitest'
import { deleteDigit, enterDigits } from '../../../src/app/till/amount-entry.ts'

describe('amount entry', () => {
  test('digits come in from the cents', () => {
    expect(['4', '2', '0'].reduce(enterDigits, 0)).toBe(420)
    expect(enterDigits(3, '00')).toBe(300)
    expect(enterDigits(0, '00')).toBe(0)
  })

  test('the last digit goes first', () => {
    expect(deleteDigit(420)).toBe(42)
    expect(deleteDigit(4)).toBe(0)
  })

  test('what would be too long is not taken', () => {
    expect(enterDigits(123_456_789, '0')).toBe(123_456_789)
    expect(enterDigits(12_345_678, '00')).toBe(12_345_678)
    expect(enterDigits(12_345_678, '9')).toBe(123_456_789)
  })
})
