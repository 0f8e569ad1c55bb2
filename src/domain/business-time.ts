/** A calendar day of the store, `YYYY-MM-DD`, and the hour 0–23 on its clocks. */
export type BusinessTime = { readonly day: string; readonly hour: number }

/** When an instant is at the store. Daylight saving is the platform's; throws RangeError for a zone that is not IANA's. */
export function businessTime(epochMs: number, timeZone: string): BusinessTime {
  const [, month, day, year, hour] = localShape.exec(formatterOf(timeZone).format(epochMs)) ?? []
  return { day: `${year}-${month}-${day}`, hour: Number(hour) }
}

export function addDays(day: string, days: number): string {
  return dayOfNumber(numberOfDay(day) + days)
}

/** Days from the first to the second; negative when the second is earlier. */
export function daysBetween(from: string, to: string): number {
  return numberOfDay(to) - numberOfDay(from)
}

/** 0 is Monday, 6 Sunday. */
export function weekdayOf(day: string): number {
  // Day 0, 1 January 1970, was a Thursday.
  return (((numberOfDay(day) + 3) % 7) + 7) % 7
}

/** `YYYY-MM`. */
export function monthOf(day: string): string {
  return day.slice(0, 7)
}

/** The Monday of the day's week. */
export function weekStartOf(day: string): string {
  return addDays(day, -weekdayOf(day))
}

/** All days from the first to the last, both included; none when the last is earlier. */
export function eachDay(first: string, last: string): string[] {
  const start = numberOfDay(first)
  return Array.from({ length: Math.max(numberOfDay(last) - start + 1, 0) }, (_, index) =>
    dayOfNumber(start + index),
  )
}

const localShape = /^(\d{2})\/(\d{2})\/(\d{4}), (\d{2})$/
const formatters = new Map<string, Intl.DateTimeFormat>()

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(timeZone)
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      hourCycle: 'h23',
    })
    formatters.set(timeZone, formatter)
  }
  return formatter
}

/**
 * Days since 1970-01-01 in the Gregorian calendar, counted in years that begin in March so that the leap day is last: no clock and
 * no zone can shift it. Throws RangeError for what is not a day.
 */
function numberOfDay(day: string): number {
  const [year, month, dayOfMonth] = day.split('-').map(Number) as [number, number, number]
  const marchYear = month > 2 ? year : year - 1
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + dayOfMonth - 1
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400)
  const number = marchYear * 365 + leapDays + dayOfYear - daysBefore1970
  if (dayOfNumber(number) !== day) throw new RangeError(`“${day}” is not a calendar day`)
  return number
}

/** From 1 March of year 0. */
const daysBefore1970 = 719_468
const daysPer400Years = 146_097

function dayOfNumber(number: number): string {
  const shifted = number + daysBefore1970
  const era = Math.floor(shifted / daysPer400Years)
  const dayOfEra = shifted - era * daysPer400Years
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const dayOfMonth = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1
  const month = ((marchMonth + 2) % 12) + 1
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}`
}
