import { addDays, daysBetween, weekdayOf } from '#domain/business-time.ts'
import type { CategoryName, Season } from './product-range.ts'
import { createRandom } from './random.ts'
import type { DayShape, StoreProfile } from './stores.ts'

/** How busy a store is in each hour of a day, in units that only compare. Independent of every other day. */
export function hourlyDemand(seed: number, profile: StoreProfile, day: string, firstDay: string): DayDemand {
  const shape = dayShapeOf(profile, day)
  const total = shape.hours.reduce((sum, hour) => sum + hour, 0)
  const random = createRandom(seed, 'weather', profile.name, day)
  const trade =
    profile.size *
    profile.days[weekdayOf(day)]! *
    (1 + yearlyGrowth * (daysBetween(firstDay, day) / 365)) *
    (1 + 0.07 * waveOf(day, profile.isForTravellers ? 'summer' : 'winter')) *
    holidayFactor(profile, day) *
    Math.exp(0.09 * random.bell())
  return { opensAt: shape.opensAt, perHour: shape.hours.map((hour) => (trade * hour) / total) }
}

export type DayDemand = { readonly opensAt: number; readonly perHour: readonly number[] }

/** How a product sells on a day beside its usual popularity; 0: not on the menu. */
export function seasonFactor(season: Season | undefined, day: string): number {
  switch (season) {
    case undefined:
      return 1
    case 'summer':
      return 1 + 0.75 * waveOf(day, 'summer')
    case 'sunny':
      return Math.max(0.15, 1 + 1.1 * waveOf(day, 'summer'))
    case 'winter':
      return Math.max(0.15, 1 + 0.9 * waveOf(day, 'winter'))
    case 'autumn':
      return withinWeeks(day, '09-01', '11-30')
    case 'festive':
      return withinWeeks(day, '11-15', '12-31')
  }
}

/** How much of each category sells at a time of day and of year. */
export function categoryWeights(day: string, hour: number): readonly number[] {
  const part = hour < 11 ? 0 : hour < 14 ? 1 : hour < 17 ? 2 : 3
  const heat = waveOf(day, 'summer')
  return categoryNames.map((name) => {
    const weight = dayparts[name][part]
    if (name === 'Iced') return weight * (1 + 0.7 * heat)
    if (name === 'Coffee' || name === 'Tea') return weight * (1 - 0.12 * heat)
    return weight
  })
}

/** Morning until 11, lunch until 14, afternoon until 17, evening. */
const dayparts: Record<CategoryName, readonly [number, number, number, number]> = {
  Coffee: [52, 30, 36, 26],
  Iced: [9, 12, 17, 14],
  Tea: [8, 8, 12, 12],
  Bakery: [26, 8, 10, 7],
  Cakes: [4, 9, 18, 14],
  Bread: [4, 4, 5, 7],
  Kitchen: [6, 26, 7, 9],
  Drinks: [4, 11, 7, 9],
  Beans: [1.3, 1.8, 2.6, 3],
  Shop: [0.5, 0.9, 1.3, 1.7],
}

export const categoryNames = Object.keys(dayparts) as readonly CategoryName[]

const yearlyGrowth = 0.22

function dayShapeOf(profile: StoreProfile, day: string): DayShape {
  return weekdayOf(day) >= 5 ? profile.weekend : profile.weekday
}

/** −1 … 1 over the year; summer is highest on 20 July, winter on 18 January. */
function waveOf(day: string, season: 'summer' | 'winter'): number {
  const peak = `${day.slice(0, 4)}-07-20`
  const wave = Math.cos((2 * Math.PI * daysBetween(peak, day)) / 365.25)
  return season === 'summer' ? wave : -wave
}

/** On the menu between two days of the year: it catches on over a week and fades over the last. */
function withinWeeks(day: string, from: string, to: string): number {
  const year = day.slice(0, 4)
  const since = daysBetween(`${year}-${from}`, day) + 1
  const left = daysBetween(day, `${year}-${to}`) + 1
  if (since < 1 || left < 1) return 0
  return Math.min(1, 0.35 + since * 0.1, 0.3 + left * 0.1)
}

function holidayFactor(profile: StoreProfile, day: string): number {
  const atHome = holidays.find((holiday) => holiday.isOn(day))?.trade
  if (atHome === undefined) return 1
  return profile.isForTravellers ? 0.7 + atHome * 0.3 : atHome
}

const holidays: readonly { readonly isOn: (day: string) => boolean; readonly trade: number }[] = [
  { isOn: (day) => day.endsWith('-12-25'), trade: 0.12 },
  { isOn: (day) => day.endsWith('-01-01'), trade: 0.35 },
  { isOn: (day) => day.endsWith('-07-04'), trade: 0.55 },
  { isOn: (day) => day === thanksgivingOf(day.slice(0, 4)), trade: 0.3 },
  { isOn: (day) => day === addDays(thanksgivingOf(day.slice(0, 4)), 1), trade: 1.25 },
  { isOn: (day) => day.endsWith('-12-24'), trade: 0.75 },
  { isOn: (day) => day.endsWith('-12-31'), trade: 0.8 },
]

/** The fourth Thursday of November. */
function thanksgivingOf(year: string): string {
  const first = `${year}-11-01`
  return addDays(first, ((3 - weekdayOf(first) + 7) % 7) + 21)
}
