import type { SyncFacts } from '../../worker/api-device.ts'
import { formatNumber } from '../../ui/format.ts'
import { whenWords } from './sent-words.ts'

/** How far this device's clock is from that of the business. */
export function clockWords(aheadMs: number | null, locale: string): string {
  if (aheadMs === null) return 'Not compared yet'
  const way = aheadMs > 0 ? 'ahead' : 'behind'
  const seconds = Math.round(Math.abs(aheadMs) / 1000)
  if (seconds < 2) return 'Right to the second'
  const unit = units.findLast(([, least]) => seconds >= least)!
  const [name, size] = unit
  const count = Math.round(seconds / size)
  return `${formatNumber(count, locale)} ${name}${count === 1 ? '' : 's'} ${way}`
}

const units: readonly (readonly [name: string, seconds: number])[] = [
  ['second', 1],
  ['minute', 60],
  ['hour', 3600],
  ['day', 86_400],
]

/** Whether what this device shows is what the business holds, compared as a whole. */
export function digestWords(
  lastDigest: SyncFacts['lastDigest'],
  nowMs: number,
  locale: string,
): { readonly text: string; readonly note: string | undefined } {
  if (lastDigest === null)
    return { text: 'Not compared yet', note: 'Happens by itself when everything is sent.' }
  const when = whenWords(lastDigest.at, nowMs, locale)
  return lastDigest.isEqual
    ? { text: `Equal, ${when}`, note: undefined }
    : { text: `Different, ${when}`, note: 'This device reads everything again; nothing on it is lost.' }
}
