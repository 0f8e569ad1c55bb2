import { expect, test } from 'vitest'
import { forgetOffReason } from '../../../src/features/settings/forget-words.ts'

const allSent = { unsentCount: 0, journalSeq: 14, exportedSeq: 0 }
const reason = (facts: typeof allSent, carried: Parameters<typeof forgetOffReason>[1] = []) =>
  forgetOffReason(facts, carried, 'en-US')

test('[C6] a device whose journal has arrived may be forgotten', () => {
  expect(reason(allSent)).toBeNull()
})

test('[C6] what is only here keeps it, unless a copy goes as far as the journal', () => {
  const unsent = { ...allSent, unsentCount: 1200 }
  expect(reason(unsent)).toBe(
    '1,200 only here. Connect this device until all are sent, or save a copy first.',
  )
  expect(reason({ ...unsent, exportedSeq: 13 })).not.toBeNull()
  expect(reason({ ...unsent, exportedSeq: 14 })).toBeNull()
})

test('[C6] a journal that was brought here keeps it until it is handed over', () => {
  const other = { registerName: 'Register 2' }
  expect(reason(allSent, [{ ...other, state: 'waiting' }])).toBe(
    'The copy of Register 2 waits here. Connect this device until it is handed over.',
  )
  expect(
    reason(allSent, [
      { ...other, state: 'handed-over' },
      { ...other, state: 'refused' },
    ]),
  ).toBeNull()
})
