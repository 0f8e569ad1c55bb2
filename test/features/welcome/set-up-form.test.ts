import { describe, expect, test } from 'vitest'
import { setUpErrors, setUpInput } from '../../../src/features/welcome/set-up-form.ts'
import type { SetUpValues } from '../../../src/features/welcome/set-up-form.ts'

const zones = ['UTC', 'America/New_York']
const filled: SetUpValues = {
  businessName: ' Harbor Coffee ',
  storeName: 'Harbor Street',
  timeZone: 'new york',
  currencyCode: 'USD',
  ownerName: 'Maya Okafor',
  email: ' maya@harbor.example',
  password: 'a few plain words',
  pin: '4719',
  tax: 'exclusive',
  taxName: 'Sales tax',
  taxRate: '8.25',
}
const errorsWith = (change: Partial<SetUpValues>) => setUpErrors({ ...filled, ...change }, zones)

describe('setUpErrors', () => {
  test('a filled form has none', () => expect(errorsWith({})).toEqual({}))

  test('an empty form names every field, in the order of the page', () => {
    const empty = Object.fromEntries(Object.keys(filled).map((key) => [key, ''])) as SetUpValues
    expect(Object.keys(setUpErrors({ ...empty, tax: 'inclusive' }, zones))).toEqual([
      'businessName',
      'storeName',
      'timeZone',
      'ownerName',
      'email',
      'password',
      'pin',
      'taxName',
      'taxRate',
    ])
  })

  test('without tax, its name and rate are not asked for', () => {
    expect(errorsWith({ tax: 'none', taxName: '', taxRate: 'nonsense' })).toEqual({})
  })

  test('a password says how much is missing', () => {
    expect(errorsWith({ password: '123456789' }).password).toBe('Add 1 more character.')
    expect(errorsWith({ password: '1234567890' }).password).toBeUndefined()
  })

  test.each(['123', '123456789', '12a4', ' 4719'])('PIN %j does not fit', (pin) =>
    expect(errorsWith({ pin }).pin).toBe('Use 4 to 8 digits.'),
  )

  test.each(['0000', '1234', '87654321'])('PIN %s is too easy', (pin) =>
    expect(errorsWith({ pin }).pin).toMatch(/harder/),
  )

  test('a rate of 0 is no tax, and has a choice of its own', () => {
    expect(errorsWith({ taxRate: '0' }).taxRate).toMatch(/No tax/)
  })

  test.each(['maya', 'maya@harbor', '@harbor.example', 'ma ya@harbor.example'])('%j is no address', (email) =>
    expect(errorsWith({ email }).email).toBeDefined(),
  )
})

describe('setUpInput', () => {
  test('trims names, names the zone and the rate exactly, and leaves the password alone', () => {
    expect(setUpInput({ ...filled, password: ' spaces stay ' }, zones, 'word')).toEqual({
      token: 'word',
      businessName: 'Harbor Coffee',
      storeName: 'Harbor Street',
      timeZone: 'America/New_York',
      currencyCode: 'USD',
      ownerName: 'Maya Okafor',
      email: 'maya@harbor.example',
      password: ' spaces stay ',
      pin: '4719',
      taxMode: 'exclusive',
      taxName: 'Sales tax',
      taxRateBasisPoints: 825,
      locale: navigator.language,
    })
  })

  test('no tax is a rate of 0', () => {
    const input = setUpInput({ ...filled, tax: 'none' }, zones, 'word')
    expect([input.taxMode, input.taxName, input.taxRateBasisPoints]).toEqual(['exclusive', '', 0])
  })
})
