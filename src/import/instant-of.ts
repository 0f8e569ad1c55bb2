import type { LocalDateTime } from './read-dates.ts'

const dayMs = 24 * 60 * 60 * 1000

/**
 * The instant of a wall clock reading in an IANA zone, epoch milliseconds. A reading that a spring change skips moves
 * forward by the gap; one that an autumn change repeats is its first occurrence (Temporal's "compatible").
 */
export function instantOf(local: LocalDateTime, timeZone: string): number {
  const wall = wallMs(local)
  if (local.offsetMinutes !== null) return wall - local.offsetMinutes * 60_000
  const { before, after } = offsetsAround(timeZone, Math.floor(wall / dayMs))
  if (before === after || offsetMs(timeZone, wall - before) === before) return wall - before
  return offsetMs(timeZone, wall - after) === after ? wall - after : wall - before
}

export function isKnownZone(timeZone: string): boolean {
  try {
    formatter(timeZone)
    return true
  } catch {
    return false
  }
}

function wallMs(local: LocalDateTime): number {
  const { day, hour, minute, second } = local
  return Date.UTC(+day.slice(0, 4), +day.slice(5, 7) - 1, +day.slice(8, 10), hour, minute, second)
}

type Offsets = { readonly before: number; readonly after: number }

/** Pure results kept, as `Intl` takes microseconds per question: zone → day number → offsets a day before and after. */
const knownOffsets = new Map<string, Map<number, Offsets>>()

function offsetsAround(timeZone: string, dayNumber: number): Offsets {
  let days = knownOffsets.get(timeZone)
  if (!days) knownOffsets.set(timeZone, (days = new Map()))
  let offsets = days.get(dayNumber)
  if (!offsets) {
    const start = dayNumber * dayMs
    offsets = { before: offsetMs(timeZone, start - dayMs), after: offsetMs(timeZone, start + 2 * dayMs) }
    days.set(dayNumber, offsets)
  }
  return offsets
}

const formatters = new Map<string, Intl.DateTimeFormat>()

function formatter(timeZone: string): Intl.DateTimeFormat {
  let format = formatters.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
    formatters.set(timeZone, format)
  }
  return format
}

function offsetMs(timeZone: string, instant: number): number {
  const name = formatter(timeZone)
    .formatToParts(instant)
    .find((part) => part.type === 'timeZoneName')?.value
  const [, sign, hours, minutes = '0', seconds = '0'] =
    /GMT([+-])(\d{2}):(\d{2})(?::(\d{2}))?/.exec(name ?? '') ?? []
  if (!sign) return 0
  return (sign === '-' ? -1 : 1) * ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000
}
