import { describe, expect, test } from 'vitest'
import { axisLabels, axisScale, labelEvery } from '../../../src/ui/charts/scale.ts'

describe('axisScale', () => {
  test('begins at zero and ends at a round number above the highest value', () => {
    expect(axisScale([33_800, 210_400], 100)).toEqual({
      low: 0,
      high: 240_000,
      ticks: [0, 80_000, 160_000, 240_000],
    })
  })

  test('goes below zero only where a value does', () => {
    const { low, high, ticks } = axisScale([-40, 100])
    expect(low).toBeLessThanOrEqual(-40)
    expect(high).toBeGreaterThanOrEqual(100)
    expect(ticks).toContain(0)
  })

  test('has a scale for nothing at all', () => {
    expect(axisScale([], 100)).toEqual({ low: 0, high: 100, ticks: [0, 100] })
    expect(axisScale([0, 0])).toEqual({ low: 0, high: 1, ticks: [0, 1] })
  })

  test('covers every value with two to six lines, whatever the size', () => {
    for (let power = -3; power < 12; power += 1) {
      for (const digits of [1, 1.3, 2.7, 4.4, 6.1, 9.9]) {
        const highest = digits * 10 ** power
        const { high, ticks } = axisScale([highest])
        expect(high).toBeGreaterThanOrEqual(highest * (1 - 1e-9))
        expect(high).toBeLessThanOrEqual(highest * 2.5)
        expect(ticks.length).toBeGreaterThanOrEqual(2)
        expect(ticks.length).toBeLessThanOrEqual(6)
      }
    }
  })
})

describe('axisLabels', () => {
  test('one unit and as many decimals as the finest line needs', () => {
    expect(axisLabels([0, 80_000, 160_000, 240_000], 100, 'en-US')).toEqual(['0', '0.8k', '1.6k', '2.4k'])
    expect(axisLabels([0, 6_000, 12_000], 1, 'en-US')).toEqual(['0', '6k', '12k'])
    expect(axisLabels([0, 20, 40], 1, 'en-US')).toEqual(['0', '20', '40'])
    expect(axisLabels([-500_000, 0, 500_000, 1_000_000], 1, 'de-DE')).toEqual(['−0,5m', '0', '0,5m', '1,0m'])
  })
})

test('labels are left out where they would touch', () => {
  expect(labelEvery(14, 720, 46)).toBe(1)
  expect(labelEvery(14, 290, 46)).toBe(3)
  expect(labelEvery(365, 720, 46)).toBeGreaterThan(20)
})
