import { describe, expect, test } from 'vitest'
import { gtinCheckDigit, readGtin } from '#domain/gtin.ts'
import { sharedRows, sharedTruth } from '../shared-data.ts'

describe('readGtin', () => {
  test.each([
    ['4006381333931', '04006381333931'],
    ['036000291452', '00036000291452'],
    ['0036000291452', '00036000291452'],
    ['00036000291452', '00036000291452'],
    ['96385074', '00000096385074'],
    ['10614141000415', '10614141000415'],
    [' 4 006381-333931 ', '04006381333931'],
  ])('reads %j as %s', (text, gtin14) => {
    expect(readGtin(text)).toMatchObject({ ok: true, value: { gtin14 } })
  })

  test.each([
    ['4006381333932', 'gtin/wrong-check-digit'],
    ['4006381339331', 'gtin/wrong-check-digit'],
    ['12345', 'gtin/wrong-length'],
    ['', 'gtin/not-digits'],
    ['SHOP-12', 'gtin/not-digits'],
    ['7.48E+11', 'gtin/damaged-by-spreadsheet'],
    ['6,93E+12', 'gtin/damaged-by-spreadsheet'],
    ['7.48485e+11', 'gtin/damaged-by-spreadsheet'],
    ['3E+12', 'gtin/damaged-by-spreadsheet'],
  ])('refuses %j: %s', (text, code) => {
    expect(readGtin(text)).toMatchObject({ ok: false, failure: { code } })
  })
})

test('every digit and every swap of neighbours that differ by other than five is caught', () => {
  const valid = '4006381333931'
  for (let place = 0; place < valid.length; place += 1)
    for (const digit of '0123456789') {
      const changed = valid.slice(0, place) + digit + valid.slice(place + 1)
      expect(readGtin(changed).ok).toBe(changed === valid)
    }
  expect(gtinCheckDigit('629104150021')).toBe(3)
})

describe('Real barcodes', () => {
  const name = 'openfoodfacts_products.csv'
  const rows = sharedRows(name)

  test('as many of the 2,283 are valid as is independently known', () => {
    const valid = rows.filter((row) => readGtin(row['barcode']!).ok)
    expect(valid).toHaveLength(sharedTruth(name)['valid_gtin_check_digit'] as number)
  })

  test('each code that a spreadsheet cut short is recognised as such', () => {
    const damaged = rows.filter((row) => /E\+/.test(row['code_as_exported']!))
    expect(damaged.length).toBeGreaterThan(500)
    for (const row of damaged)
      expect(readGtin(row['code_as_exported']!)).toMatchObject({
        failure: { code: 'gtin/damaged-by-spreadsheet' },
      })
  })
})
