import { formatNumber } from '../ui/format.ts'
import type { SyncStatus } from '../worker/api-device.ts'

/** [P6] Null where the server did not ask for time, or that time is over. */
export function busyWords(
  { isOnline, busyUntil }: Pick<SyncStatus, 'isOnline' | 'busyUntil'>,
  nowMs: number,
  locale: string,
): string | null {
  if (!isOnline || busyUntil === null || busyUntil <= nowMs) return null
  const seconds = formatNumber(Math.ceil((busyUntil - nowMs) / 1000), locale)
  return `The server is busy; this device comes again in ${seconds} s.`
}
