import { expect, test } from 'vitest'
import { pinErrors } from '../../../src/features/people/pin-errors.ts'

test.each(['', '123', '123456789', '12a4', '١٢٣٤'])('“%s” is not a PIN: 4 to 8 digits are', (pin) => {
  expect(pinErrors(pin, pin)).toEqual({ pin: 'Use 4 to 8 digits.' })
})

test.each(['0000', '77777777', '1234', '4567', '98765'])('%s is what everybody tries first', (pin) => {
  expect(pinErrors(pin, pin)).toEqual({ pin: 'Choose digits that are harder to guess.' })
})

test('a PIN is entered twice, and both are the same', () => {
  expect(pinErrors('4711', '')).toEqual({ again: 'Enter it once more.' })
  expect(pinErrors('4711', '4712')).toEqual({ again: 'It differs from the first. Enter it once more.' })
  expect(pinErrors('4711', '4711')).toEqual({})
  expect(pinErrors('80808080', '80808080')).toEqual({})
})
