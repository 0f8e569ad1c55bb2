import { describe, expect, test } from 'vitest'
import { freshnessOf, mayGrow } from '../../../src/features/dashboard/freshness.ts'

const minuteMs = 60_000
/** 2:07 PM at the store. */
const now = Date.UTC(2026, 10, 20, 19, 7)
const place = { today: '2026-11-20', hourNow: 14, asOf: now }
const today = { from: '2026-11-20', to: '2026-11-20' }

function register(name: string, silentMinutes: number | null, isThisDevice = false) {
  const heardAt = silentMinutes === null ? null : now - silentMinutes * minuteMs
  return { registerId: name, name, storeName: 'Store', heardAt, isThisDevice, unsentCount: 0 }
}

describe('what may still grow', () => {
  test('only this hour when every register is heard', () => {
    const { growsFrom, behind } = freshnessOf({ ...place, registers: [register('Bar', 1)] }, now)
    expect(behind).toEqual([])
    expect(growsFrom).toEqual({ day: '2026-11-20', hour: 14 })
  })

  test('from the hour in which the longest silent register was heard last', () => {
    const registers = [register('Bar', 1), register('Airport 1', 75), register('Window', 42)]
    const freshness = freshnessOf({ ...place, registers }, now)
    expect(freshness.behind.map(({ name }) => name)).toEqual(['Airport 1', 'Window'])
    expect([freshness.heardCount, freshness.totalCount]).toEqual([1, 3])
    expect(freshness.growsFrom).toEqual({ day: '2026-11-20', hour: 12 })
    const grows = (key: string) =>
      mayGrow(key, 'hour', today, { growsFrom: freshness.growsFrom, now: { day: '2026-11-20', hour: 14 } })
    expect(['11', '12', '14', '15'].map(grows)).toEqual([false, true, true, false])
  })

  test('over midnight into the days before', () => {
    const { growsFrom } = freshnessOf({ ...place, registers: [register('Airport 1', 15 * 60)] }, now)
    expect(growsFrom).toEqual({ day: '2026-11-19', hour: 23 })
    const range = { from: '2026-11-01', to: '2026-11-20' }
    const grows = (key: string) =>
      mayGrow(key, 'day', range, { growsFrom, now: { day: '2026-11-20', hour: 14 } })
    expect(['2026-11-18', '2026-11-19', '2026-11-20'].map(grows)).toEqual([false, true, true])
  })

  test('nothing in a range that ended before', () => {
    const range = { from: '2026-10-01', to: '2026-10-31' }
    const moments = { growsFrom: { day: '2026-11-20', hour: 14 }, now: { day: '2026-11-20', hour: 14 } }
    expect(mayGrow('2026-10-31', 'day', range, moments)).toBe(false)
    expect(mayGrow('14', 'hour', range, moments)).toBe(false)
  })

  test('this device is never behind, and a register without a device is not waited for', () => {
    const registers = [register('Here', 900, true), register('Not enrolled', null)]
    const freshness = freshnessOf({ ...place, registers }, now)
    expect(freshness.behind).toEqual([])
    expect(freshness.totalCount).toBe(1)
  })

  test('a device that has not read for long is stale, unless it is the only one that sells', () => {
    const asOf = now - 38 * minuteMs
    const others = freshnessOf({ ...place, asOf, registers: [register('Bar', 38)] }, now)
    expect(others.staleMs).toBe(38 * minuteMs)
    expect(others.growsFrom).toEqual({ day: '2026-11-20', hour: 13 })
    expect(freshnessOf({ ...place, asOf, registers: [register('Here', 0, true)] }, now).staleMs).toBeNull()
  })
})
