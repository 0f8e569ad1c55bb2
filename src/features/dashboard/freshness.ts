import { addDays, monthOf, weekStartOf } from '#domain/business-time.ts'
import type { DayRange, Granularity } from '#domain/report.ts'
import type { NamedSalesReport, RegisterHeard } from '../../worker/api-selling.ts'

/** A register that has said nothing for longer than this may have sales that are not counted here. */
const silentAfterMs = 10 * 60_000

/** A day and hour on the store's clocks. */
type Moment = { readonly day: string; readonly hour: number }

export type Freshness = {
  readonly heardCount: number
  /** Registers that a device sells as; one that never had a device cannot be behind. */
  readonly totalCount: number
  /** Longest silent first. */
  readonly behind: readonly (RegisterHeard & { readonly heardAt: number })[]
  /** Nothing before this hour can change any more. */
  readonly growsFrom: Moment
  /** How long ago this device last read everything, when that is long ago; null when it is up to date. */
  readonly staleMs: number | null
}

export function freshnessOf(
  named: Pick<NamedSalesReport, 'registers' | 'asOf' | 'today' | 'hourNow'>,
  nowMs: number,
): Freshness {
  const inUse = named.registers.filter((register) => register.heardAt !== null) as Freshness['behind']
  const behind = inUse
    .filter((register) => !register.isThisDevice && nowMs - register.heardAt > silentAfterMs)
    .toSorted((a, b) => a.heardAt - b.heardAt || a.name.localeCompare(b.name))
  const asOfMs = named.asOf === null ? null : nowMs - named.asOf
  const isAlone = inUse.every((register) => register.isThisDevice)
  const staleMs = asOfMs !== null && asOfMs > silentAfterMs && !isAlone ? asOfMs : null
  const oldestMs = Math.max(0, staleMs ?? 0, behind[0] ? nowMs - behind[0].heardAt : 0)
  return {
    heardCount: inUse.length - behind.length,
    totalCount: inUse.length,
    behind,
    growsFrom: momentBefore(named, oldestMs, nowMs),
    staleMs,
  }
}

/** Whether a bar of the chart may still grow. Bars of the future are empty, not growing. */
export function mayGrow(
  key: string,
  granularity: Granularity,
  range: DayRange,
  { growsFrom, now }: { readonly growsFrom: Moment; readonly now: Moment },
): boolean {
  if (range.to < growsFrom.day) return false
  if (granularity === 'hour') {
    if (range.from > now.day) return false
    const hour = Number(key)
    // Hours summed over several days: those of a whole day that is not settled may all grow.
    if (growsFrom.day < now.day)
      return growsFrom.day < addDays(now.day, -1) || hour >= growsFrom.hour || hour <= now.hour
    return hour >= growsFrom.hour && hour <= now.hour
  }
  const keyOf = { day: (day: string) => day, week: weekStartOf, month: monthOf }[granularity]
  return key >= keyOf(growsFrom.day) && key <= keyOf(now.day)
}

function momentBefore(
  now: { readonly today: string; readonly hourNow: number },
  ageMs: number,
  nowMs: number,
): Moment {
  const minutes = now.hourNow * 60 + new Date(nowMs).getUTCMinutes() - Math.ceil(ageMs / 60_000)
  const days = Math.floor(minutes / (24 * 60))
  return { day: addDays(now.today, days), hour: Math.floor((minutes - days * 24 * 60) / 60) }
}
