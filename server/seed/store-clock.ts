import { businessTime } from '#domain/business-time.ts'

/** The instant at which the clocks of a zone show the full hour of a day. For opening hours: the clock change is at night. */
export function startOfHour(day: string, hour: number, timeZone: string): number {
  const asUtc = instantInUtc(day, hour)
  const shown = businessTime(asUtc, timeZone)
  const offsetMs = instantInUtc(shown.day, shown.hour) - asUtc
  const instant = asUtc - offsetMs
  const check = businessTime(instant, timeZone)
  // Between the two instants the clocks may have changed: then by one hour.
  return instant + asUtc - instantInUtc(check.day, check.hour)
}

function instantInUtc(day: string, hour: number): number {
  return Date.parse(`${day}T${String(hour).padStart(2, '0')}:00:00Z`)
}
