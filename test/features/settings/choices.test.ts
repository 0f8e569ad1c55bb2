import { describe, expect, test } from 'vitest'
import { localeOptions, localeSample } from '../../../src/features/settings/locale-options.ts'
import { roundingOptions } from '../../../src/features/settings/rounding-options.ts'
import { zoneName, zoneOptions } from '../../../src/features/settings/zone-options.ts'

describe('what a store and a business may choose', () => {
  test('every zone by its part of the world, with the one in use though no list names it', () => {
    const zones = zoneOptions('Etc/GMT+3')
    expect(zones).toContainEqual({ value: 'America/New_York', label: 'New York', group: 'America' })
    expect(zones).toContainEqual({ value: 'Etc/GMT+3', label: 'GMT+3', group: 'Etc' })
    expect(zones.filter(({ value }) => value === 'UTC')).toEqual([
      { value: 'UTC', label: 'UTC', group: 'Other' },
    ])
    expect(zoneName('America/Indiana/Knox')).toBe('Indiana, Knox')
  })

  test('coins in the money of the store, with the one in use', () => {
    const options = roundingOptions({ code: 'USD', exponent: 2, cashRoundingMinor: 3 }, 'en-US')
    expect(options.slice(0, 4).map(({ label }) => label)).toEqual([
      'Not rounded',
      'To $0.03',
      'To $0.05',
      'To $0.10',
    ])
    expect(roundingOptions({ code: 'JPY', exponent: 0, cashRoundingMinor: 1 }, 'en-US')[1]).toEqual({
      value: '5',
      label: 'To ¥5',
    })
  })

  test('locales by name, once each, with the ones in use', () => {
    const options = localeOptions('en-US', ['de-LI', 'en-US'])
    const values = options.map(({ value }) => value)
    expect(new Set(values).size).toBe(values.length)
    expect(options).toContainEqual({ value: 'de-LI', label: 'German (Liechtenstein)' })
    expect(values.indexOf('ar-AE')).toBeLessThan(values.indexOf('zh-CN'))
  })

  test('a sample shows both marks of a figure and the sequence of a date', () => {
    const noon = Date.UTC(2026, 10, 21, 12)
    const swissFrancs = { code: 'CHF', exponent: 2 } as const
    expect(localeSample('de-DE', noon, swissFrancs)).toBe('1.234,50\u{a0}CHF · 21.11.2026')
    expect(localeSample('en-US', noon, { code: 'JPY', exponent: 0 })).toBe('¥1,235 · 11/21/2026')
  })
})
