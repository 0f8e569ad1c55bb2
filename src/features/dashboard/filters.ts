import {
  granularitiesFor,
  presetKeys,
  presets,
  previousPeriod,
  type PresetKey,
} from '#domain/report-period.ts'
import type { DayRange, Granularity, SalesQuery } from '#domain/report.ts'

/** What the address of the dashboard says; it survives a reload and can be shared. */
export type DashboardSearch = {
  readonly period?: PresetKey
  readonly from?: string
  readonly to?: string
  readonly store?: string
  readonly by?: Granularity
  readonly compare?: 'none'
}

export type Filters = {
  /** Null when the days were picked. */
  readonly period: PresetKey | null
  readonly range: DayRange
  readonly storeId: string | null
  readonly granularity: Granularity
  readonly isCompared: boolean
  readonly today: string
}

/** Takes what makes sense of an address; anything else falls back to today, all stores. */
export function readFilters(search: Readonly<Record<string, unknown>>, today: string): Filters {
  const picked = pickedRange(search.from, search.to)
  const key = presetKeys.find((candidate) => candidate === search.period) ?? 'today'
  const range = picked ??
    presets(today).find((preset) => preset.key === key)?.range ?? { from: today, to: today }
  const choices = granularitiesFor(range)
  return {
    period: picked ? null : key,
    range,
    storeId: typeof search.store === 'string' ? search.store : null,
    granularity: choices.find((choice) => choice === search.by) ?? choices[0] ?? 'day',
    isCompared: search.compare !== 'none' && key !== 'all',
    today,
  }
}

/** The search that leads to a range: by name where it has one, so that a shared "last 7 days" stays the last seven. */
export function searchForRange(
  range: DayRange,
  today: string,
): Pick<DashboardSearch, 'period' | 'from' | 'to'> {
  const preset = presets(today).find((each) => each.range.from === range.from && each.range.to === range.to)
  return preset ? { period: preset.key } : range
}

export function queryOf(filters: Filters): SalesQuery {
  return {
    range: filters.range,
    compareWith: filters.isCompared ? previousPeriod(filters.range) : null,
    storeIds: filters.storeId === null ? null : [filters.storeId],
    granularity: filters.granularity,
  }
}

const dayShape = /^\d{4}-\d{2}-\d{2}$/

function pickedRange(from: unknown, to: unknown): DayRange | null {
  if (typeof from !== 'string' || typeof to !== 'string' || !isDay(from) || !isDay(to)) return null
  return from <= to ? { from, to } : { from: to, to: from }
}

function isDay(text: string): boolean {
  return dayShape.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text
}
