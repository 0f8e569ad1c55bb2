import { expect, test } from 'vitest'
import { addDays, addMonths, firstWeekdayOf, monthWeeks } from '../../src/ui/calendar-days.ts'

test('days are added across months, years and leap days', () => {
  expect(addDays('2025-12-31', 1)).toBe('2026-01-01')
  expect(addDays('2024-03-01', -1)).toBe('2024-02-29')
})

test('a month later is never the month after next', () => {
  expect(addMonths('2025-01-31', 1)).toBe('2025-02-28')
  expect(addMonths('2025-03-31', -1)).toBe('2025-02-28')
  expect(addMonths('2025-12-15', 1)).toBe('2026-01-15')
})

test('the weeks of a month cover it and begin on the day of the region', () => {
  const weeks = monthWeeks('2025-11-20', 1)
  expect(weeks[0]?.[0]).toBe('2025-10-27')
  expect(weeks.at(-1)?.at(-1)).toBe('2025-11-30')
  expect(monthWeeks('2025-11-20', 7)[0]?.[0]).toBe('2025-10-26')
  expect(weeks.every((week) => week.length === 7)).toBe(true)
})

test('the week begins on Sunday in the United States and on Monday in Germany', () => {
  expect(firstWeekdayOf('en-US')).toBe(7)
  expect(firstWeekdayOf('de-DE')).toBe(1)
})
