import { settle } from './column-evidence.ts'
import type { ColumnChoice } from './column-evidence.ts'
import { isRealDate, matchDate } from './date-forms.ts'
import type { DateOrder } from './date-forms.ts'

/** A wall clock reading. `offsetMinutes` is set when the file itself gave a zone offset with it. */
export type LocalDateTime = {
  /** `YYYY-MM-DD`. */
  readonly day: string
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly offsetMinutes: number | null
}

/**
 * Decides the order of the parts of `1/5/2019` over a whole column. Dates with the year first or the month in letters
 * need no decision. When every value fits both orders it is ambiguous and a person must say: never guessed.
 */
export function decideDateOrder(values: Iterable<string>): ColumnChoice<DateOrder> {
  let monthFirst = 0
  let dayFirst = 0
  const monthFirstExamples = new Set<string>()
  const dayFirstExamples = new Set<string>()
  const unclear = new Set<string>()
  const seen = new Map<string, 'mdy' | 'dmy' | 'unclear' | null>()
  for (const value of values) {
    let evidence = seen.get(value)
    if (evidence === undefined) seen.set(value, (evidence = evidenceOf(value)))
    if (evidence === 'mdy') {
      monthFirst++
      if (monthFirstExamples.size < 2) monthFirstExamples.add(value)
    } else if (evidence === 'dmy') {
      dayFirst++
      if (dayFirstExamples.size < 2) dayFirstExamples.add(value)
    } else if (evidence === 'unclear' && unclear.size < 4) unclear.add(value)
  }
  return settle<DateOrder>(
    { value: 'mdy', count: monthFirst, examples: [...monthFirstExamples] },
    { value: 'dmy', count: dayFirst, examples: [...dayFirstExamples] },
    [...unclear],
    'ymd',
  )
}

function evidenceOf(value: string): 'mdy' | 'dmy' | 'unclear' | null {
  const date = matchDate(value)
  if (date?.form !== 'two-orders') return null
  const [first, second, year] = date.parts
  const fitsMonthFirst = isRealDate(year, first, second)
  const fitsDayFirst = isRealDate(year, second, first)
  if (fitsMonthFirst && fitsDayFirst) return first === second ? null : 'unclear'
  if (fitsMonthFirst) return 'mdy'
  return fitsDayFirst ? 'dmy' : null
}

export type DateReading =
  | { readonly ok: true; readonly value: LocalDateTime; readonly hasNoTime: boolean }
  | { readonly ok: false; readonly code: string; readonly reason: string }

/** Without any time of day in the file, sales are placed at noon: the one hour that stays on its day in every zone. */
const noon = { hour: 12, minute: 0, second: 0, offsetMinutes: null }

/** Reads one row's date, and its time from `timeText` (null: no time column, then a time behind the date counts). */
export function readDateTime(dateText: string, timeText: string | null, order: DateOrder): DateReading {
  const found = matchDate(dateText)
  if (!found) return refusal('import/date-unreadable', dateText, 'is not a date')
  const [first, second, third] = found.parts
  let year = first
  let month = second
  let dayOfMonth = third
  if (found.form === 'two-orders') {
    if (order === 'ymd') return refusal('import/date-unreadable', dateText, 'does not start with a year')
    year = third
    month = order === 'mdy' ? first : second
    dayOfMonth = order === 'mdy' ? second : first
  }
  if (!isRealDate(year, month, dayOfMonth)) {
    const isOther =
      found.form === 'two-orders' && isRealDate(third, second, first) !== isRealDate(third, first, second)
    const how = isOther ? (order === 'mdy' ? ' with the month first' : ' with the day first') : ''
    return refusal('import/date-impossible', dateText, `is not a date of the calendar${how}`)
  }
  const day = `${year}-${twoDigits(month)}-${twoDigits(dayOfMonth)}`
  const clockText = timeText ?? found.rest
  if (clockText === '' && timeText === null) return { ok: true, value: { day, ...noon }, hasNoTime: true }
  const clock = readClock(clockText)
  if (!clock) return refusal('import/time-unreadable', clockText, 'is not a time')
  return { ok: true, value: { day, ...clock }, hasNoTime: false }
}

const clockForm =
  /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(?:([ap])\.?\s?m\.?)?\s*(?:(z|utc|gmt)|([+-])(\d{2}):?(\d{2}))?$/i

function readClock(text: string): Omit<LocalDateTime, 'day'> | null {
  const match = clockForm.exec(text.trim())
  if (!match) return null
  const [, hourText, minuteText, secondText, half, utc, sign, zoneHours, zoneMinutes] = match
  let hour = Number(hourText)
  const minute = Number(minuteText)
  const second = Number(secondText ?? 0)
  if (half) {
    if (hour < 1 || hour > 12) return null
    hour = (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0)
  }
  if (hour > 23 || minute > 59 || second > 59) return null
  const offset = sign ? (sign === '-' ? -1 : 1) * (Number(zoneHours) * 60 + Number(zoneMinutes)) : null
  return { hour, minute, second, offsetMinutes: utc ? 0 : offset }
}

function refusal(code: string, text: string, what: string): DateReading {
  return {
    ok: false,
    code,
    reason: text.trim() === '' ? `An empty cell ${what}.` : `“${text.trim()}” ${what}.`,
  }
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : `${value}`
}
