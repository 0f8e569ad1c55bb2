/** Calendar dates as "YYYY-MM-DD", without a time and without a zone. */
export type IsoDate = string

const DAY_MS = 86_400_000

export function addDays(date: IsoDate, days: number): IsoDate {
  return isoOf(utcOf(date) + days * DAY_MS)
}

/** The same day in another month, or that month's last. */
export function addMonths(date: IsoDate, months: number): IsoDate {
  const at = new Date(utcOf(date))
  const day = at.getUTCDate()
  at.setUTCDate(1)
  at.setUTCMonth(at.getUTCMonth() + months)
  const last = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)).getUTCDate()
  at.setUTCDate(Math.min(day, last))
  return isoOf(at.getTime())
}

/** Weeks of seven dates that cover the month of `date`; `firstWeekday` 1 is Monday, 7 Sunday. */
export function monthWeeks(date: IsoDate, firstWeekday: number): IsoDate[][] {
  const first = `${date.slice(0, 7)}-01`
  const next = addMonths(first, 1)
  const weeks: IsoDate[][] = []
  for (let start = startOfWeek(first, firstWeekday); start < next; start = addDays(start, 7)) {
    weeks.push(Array.from({ length: 7 }, (_, day) => addDays(start, day)))
  }
  return weeks
}

/** First day of the week of this region, 1 Monday to 7 Sunday; Monday where the platform does not tell. */
export function firstWeekdayOf(locale: string): number {
  const known = new Intl.Locale(locale) as Intl.Locale & {
    getWeekInfo?: () => { firstDay: number }
    weekInfo?: { firstDay: number }
  }
  return known.getWeekInfo?.().firstDay ?? known.weekInfo?.firstDay ?? 1
}

export function utcOf(date: IsoDate): number {
  return Date.parse(`${date}T00:00:00Z`)
}

function startOfWeek(date: IsoDate, firstWeekday: number): IsoDate {
  const weekday = new Date(utcOf(date)).getUTCDay() || 7
  return addDays(date, -((weekday - firstWeekday + 7) % 7))
}

function isoOf(utcMs: number): IsoDate {
  return new Date(utcMs).toISOString().slice(0, 10)
}
