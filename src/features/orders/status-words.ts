import { busyWords } from '../../app/busy-words.ts'
import type { SyncStatus } from '../../worker/api-device.ts'
import { formatAge, formatNumber, formatTime } from '../../ui/format.ts'
import type { AgeWords } from '../../ui/format.ts'

/** "All sent" or "12 only here, oldest 42 min". */
export function sentWords(status: SyncStatus, nowMs: number, locale: string, words: AgeWords): string {
  if (status.unsentCount === 0) return 'All sent'
  const count = `${formatNumber(status.unsentCount, locale)} only here`
  if (status.oldestUnsentAt === null) return count
  const age = formatAge(Math.max(nowMs - status.oldestUnsentAt, 0), { locale, nowMs, words })
  return age === words.now ? `${count}, just now` : `${count}, oldest ${age}`
}

/** "Last contact 2:07 PM (38 min)"; says what goes on without a network. */
export function contactWords(
  status: SyncStatus,
  nowMs: number,
  locale: string,
  words: AgeWords,
  timeZone: string,
): string {
  const busy = busyWords(status, nowMs, locale)
  if (status.lastContactAt === null)
    return status.isOnline ? (busy ?? 'Online') : 'Offline. Selling goes on; sales send themselves later.'
  const ageMs = Math.max(nowMs - status.lastContactAt, 0)
  const age = formatAge(ageMs, { locale, nowMs, words })
  const when =
    age === words.now ? 'just now' : `${formatTime(status.lastContactAt, locale, timeZone)} (${age})`
  return status.isOnline
    ? `${busy === null ? '' : `${busy} `}Last contact ${when}`
    : `Offline. Selling goes on; sales send themselves later. Last contact ${when}.`
}
