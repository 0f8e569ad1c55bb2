import { busyWords } from '../../app/busy-words.ts'
import { formatAge, formatDate, formatNumber, formatTime } from '../../ui/format.ts'
import type { SyncStatus } from '../../worker/api-device.ts'

/** "All sent", or "12 only here, oldest 42 min". */
export function onlyHereWords(
  { unsentCount, oldestUnsentAt }: Pick<SyncStatus, 'unsentCount' | 'oldestUnsentAt'>,
  nowMs: number,
  locale: string,
): string {
  if (unsentCount === 0) return 'All sent'
  const count = `${formatNumber(unsentCount, locale)} only here`
  if (oldestUnsentAt === null) return count
  const age = ageWords(oldestUnsentAt, nowMs, locale)
  return age === null ? `${count}, just now` : `${count}, oldest ${age}`
}

/** "Last contact 2:07 PM (38 min)"; says what goes on without a network. */
export function contactWords(
  status: Pick<SyncStatus, 'isOnline' | 'busyUntil' | 'isDrill' | 'lastContactAt'>,
  nowMs: number,
  locale: string,
): string {
  const { lastContactAt } = status
  const state = stateWords(status, nowMs, locale)
  return lastContactAt === null
    ? `${state}Never in contact yet`
    : `${state}Last contact ${whenWords(lastContactAt, nowMs, locale)}`
}

function stateWords(
  status: Pick<SyncStatus, 'isOnline' | 'busyUntil' | 'isDrill'>,
  nowMs: number,
  locale: string,
): string {
  if (status.isDrill) return 'Cut off for practice. '
  if (!status.isOnline) return 'No connection; selling goes on. '
  const busy = busyWords(status, nowMs, locale)
  return busy === null ? '' : `${busy} `
}

/** What became of "Send now". */
export function sendOutcome(before: SyncStatus, after: SyncStatus, nowMs: number, locale: string): string {
  const left = after.unsentCount
  if (!after.isOnline)
    return left === 0
      ? 'No connection. It is tried again by itself.'
      : 'No connection. What is only here sends itself when it is back.'
  const busy = busyWords(after, nowMs, locale)
  if (busy !== null) return left === 0 ? busy : `${busy} What is only here sends itself then.`
  if (after.trouble) return 'It did not go through.'
  if (left === 0)
    return before.unsentCount === 0
      ? 'In contact just now. Nothing was left to send.'
      : `${formatNumber(before.unsentCount, locale)} sent. Nothing is only here any more.`
  return `${formatNumber(left, locale)} still only here. Sending goes on by itself.`
}

/** "just now", "2:07 PM (38 min)", "Tue, Mar 3, 2:07 PM" */
export function whenWords(at: number, nowMs: number, locale: string): string {
  const age = ageWords(at, nowMs, locale)
  if (age === null) return 'just now'
  const isLongAgo = nowMs - at >= DAY_MS
  return isLongAgo
    ? `${formatDate(at, locale, 'day')}, ${formatTime(at, locale)}`
    : `${formatTime(at, locale)} (${age})`
}

const DAY_MS = 24 * 60 * 60_000

/** Null below a minute, and where a clock was set back. */
function ageWords(at: number, nowMs: number, locale: string): string | null {
  const age = formatAge(Math.max(nowMs - at, 0), { nowMs, locale })
  return age === 'now' ? null : age
}
