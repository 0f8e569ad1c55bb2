import { formatAge, formatDate, formatTime } from '../../ui/format.ts'
import type { RegisterDevice } from '../../worker/api-office.ts'

/** A register that has said nothing for longer than this may hold sales that nobody else knows. */
const silentAfterMs = 10 * 60_000

export type HeardWords = {
  readonly kind: 'no-device' | 'never' | 'heard' | 'silent'
  /** Such as "Heard 2 min ago" or "Silent since 1:25 PM, 42 min". */
  readonly text: string
}

/** Up to when the sales of a register are known to everybody. */
export function heardWords(install: RegisterDevice['install'], nowMs: number, locale: string): HeardWords {
  if (install === null) return { kind: 'no-device', text: 'No device yet' }
  if (install.heardAt === null) return { kind: 'never', text: 'Not heard yet' }
  const ageMs = Math.max(0, nowMs - install.heardAt)
  const age = formatAge(ageMs, { nowMs, locale })
  if (ageMs <= silentAfterMs)
    return { kind: 'heard', text: age === 'now' ? 'Heard just now' : `Heard ${age} ago` }
  const isWithinDay = ageMs < 24 * 60 * 60_000
  return isWithinDay
    ? { kind: 'silent', text: `Silent since ${formatTime(install.heardAt, locale)}, ${age}` }
    : { kind: 'silent', text: `Silent since ${formatDate(install.heardAt, locale)}` }
}
