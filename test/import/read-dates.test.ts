import { describe, expect, test } from 'vitest'
import type { DateOrder } from '../../src/import/date-forms.ts'
import { decideDateOrder, readDateTime } from '../../src/import/read-dates.ts'

describe('decideDateOrder', () => {
  test('lets one telling date decide for the whole column', () => {
    expect(decideDateOrder(['1/5/2019', '3/8/2019', '3/25/2019'])).toEqual({ ambiguous: false, value: 'mdy' })
    expect(decideDateOrder(['1.5.2019', '25.3.2019'])).toEqual({ ambiguous: false, value: 'dmy' })
  })

  test('never guesses when every date fits both orders', () => {
    expect(decideDateOrder(['1/5/2019', '3/8/2019', '5/5/2019'])).toEqual({
      ambiguous: true,
      examples: ['1/5/2019', '3/8/2019'],
    })
  })

  test('asks when the column holds dates of both orders', () => {
    expect(decideDateOrder(['1/25/2019', '25/1/2019'])).toMatchObject({ ambiguous: true })
  })

  test('takes one slip among many for a slip', () => {
    const dates = Array.from({ length: 28 }, (_, index) => `1/${index + 1}/2019`)
    const many = [...dates, ...dates.map((date) => date.replace('1/', '2/'))]
    expect(decideDateOrder([...many, '31/3/2019'])).toEqual({ ambiguous: false, value: 'mdy' })
  })

  test('has nothing to ask of dates with the year first, the month in letters, or both parts equal', () => {
    expect(decideDateOrder(['2019-01-05', '5 Jan 2019', '4/4/2019', 'rubbish'])).toEqual({
      ambiguous: false,
      value: 'ymd',
    })
  })
})

function read(date: string, time: string | null, order: DateOrder = 'ymd'): string {
  const reading = readDateTime(date, time, order)
  if (!reading.ok) return reading.code
  const { day, hour, minute, second, offsetMinutes } = reading.value
  return `${day} ${hour}:${minute}:${second}${offsetMinutes === null ? '' : ` ${offsetMinutes}`}`
}

describe('readDateTime', () => {
  test.each([
    ['2023-01-01', '07:06:11', 'ymd', '2023-01-01 7:6:11'],
    ['20230101', '7:06', 'ymd', '2023-01-01 7:6:0'],
    ['2023-01-01T07:06:11.250Z', null, 'ymd', '2023-01-01 7:6:11 0'],
    ['2023-01-01 07:06:11 -0500', null, 'ymd', '2023-01-01 7:6:11 -300'],
    ['1/5/2019', '13:08', 'mdy', '2019-01-05 13:8:0'],
    ['1/5/2019', '13:08', 'dmy', '2019-05-01 13:8:0'],
    ['01.05.19 9:00', null, 'dmy', '2019-05-01 9:0:0'],
    ['Jan 5, 2019 1:08 PM', null, 'ymd', '2019-01-05 13:8:0'],
    ['05-Sept-19', '12:30 a.m.', 'ymd', '2019-09-05 0:30:0'],
    ['2019-01-05 00:00:00', '12:30 pm', 'ymd', '2019-01-05 12:30:0'],
    ['2024-02-29', null, 'ymd', '2024-02-29 12:0:0'],
  ] as const)('reads %j %j with %s', (date, time, order, expected) => {
    expect(read(date, time, order)).toBe(expected)
  })

  test.each([
    ['2023-02-29', null, 'ymd', 'import/date-impossible'],
    ['25/12/2019', null, 'mdy', 'import/date-impossible'],
    ['1/5/2019', null, 'ymd', 'import/date-unreadable'],
    ['', null, 'ymd', 'import/date-unreadable'],
    ['5 Foo 2019', null, 'ymd', 'import/date-unreadable'],
    ['2023-01-01', '24:00', 'ymd', 'import/time-unreadable'],
    ['2023-01-01', '13:00 PM', 'ymd', 'import/time-unreadable'],
    ['2023-01-01', '', 'ymd', 'import/time-unreadable'],
    ['2023-01-01 soon', null, 'ymd', 'import/time-unreadable'],
  ] as const)('refuses %j %j with %s', (date, time, order, code) => {
    expect(read(date, time, order)).toBe(code)
  })

  test('says which order made a date impossible', () => {
    const reading = readDateTime('25/12/2019', null, 'mdy')
    expect(!reading.ok && reading.reason).toBe(
      '“25/12/2019” is not a date of the calendar with the month first.',
    )
  })
})
