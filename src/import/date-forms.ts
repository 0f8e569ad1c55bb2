/** `ymd` when no value needs a decision; else which of two numbers before the year is the month. */
export type DateOrder = 'ymd' | 'mdy' | 'dmy'

export type MatchedDate = {
  /** `known`: parts are year, month, day. `two-orders`: parts as written, the year last. */
  readonly form: 'known' | 'two-orders'
  readonly parts: readonly [number, number, number]
  /** What follows the date, such as a time. */
  readonly rest: string
}

/** The date at the start of a cell, or null. Numbers are not checked against the calendar here. */
export function matchDate(text: string): MatchedDate | null {
  const cell = text.trim()
  let match = yearFirst.exec(cell)
  if (match) return found('known', [+(match[1] ?? 0), +(match[3] ?? 0), +(match[4] ?? 0)], cell, match)
  match = numeric.exec(cell)
  if (match) return found('two-orders', [+(match[1] ?? 0), +(match[3] ?? 0), fullYear(match[4])], cell, match)
  match = compact.exec(cell)
  if (match) return found('known', [+(match[1] ?? 0), +(match[2] ?? 0), +(match[3] ?? 0)], cell, match)
  match = dayAndName.exec(cell)
  if (match) return named(match[2], match[1], match[3], cell, match)
  match = nameAndDay.exec(cell)
  if (match) return named(match[1], match[2], match[3], cell, match)
  return null
}

export function isRealDate(year: number, month: number, day: number): boolean {
  if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1) return false
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate()
}

const yearFirst = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)/
const compact = /^(\d{4})(\d{2})(\d{2})(?!\d)/
const numeric = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?!\d)/
const dayAndName = /^(\d{1,2})[ .-]+([a-z]{3,9})[ .,-]+(\d{4}|\d{2})(?!\d)/i
const nameAndDay = /^([a-z]{3,9})\.? +(\d{1,2}),? +(\d{4})(?!\d)/i

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const monthNames = [
  ...['january', 'february', 'march', 'april', 'may', 'june', 'july'],
  ...['august', 'september', 'october', 'november', 'december'],
]

function found(
  form: MatchedDate['form'],
  parts: MatchedDate['parts'],
  cell: string,
  match: RegExpExecArray,
): MatchedDate {
  return { form, parts, rest: cell.slice(match[0].length).replace(/^(?:T(?=\d)|[\s,]+)/, '') }
}

function named(
  name: string | undefined,
  day: string | undefined,
  year: string | undefined,
  cell: string,
  match: RegExpExecArray,
): MatchedDate | null {
  const lower = (name ?? '').toLowerCase()
  const short = lower === 'sept' ? 'sep' : lower
  const index = short.length === 3 ? months.indexOf(short) : monthNames.indexOf(short)
  return index < 0 ? null : found('known', [fullYear(year), index + 1, Number(day)], cell, match)
}

/** Two digits are 1980 to 2079. */
function fullYear(digits: string | undefined): number {
  const year = Number(digits)
  if (digits?.length !== 2) return year
  return year < 80 ? 2000 + year : 1900 + year
}
