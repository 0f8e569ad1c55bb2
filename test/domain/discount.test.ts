import { describe, expect, test } from 'vitest'
import { discountOn, spreadOrderDiscount } from '#domain/discount.ts'

const percent = (rateBasisPoints: number) => ({ kind: 'percent', rateBasisPoints, reason: '' }) as const
const amount = (amountMinor: number) => ({ kind: 'amount', amountMinor, reason: '' }) as const

describe('discountOn', () => {
  test.each([
    [450, percent(2000), 90],
    [700, percent(2600), 182],
    [5, percent(1000), 1],
    [-5, percent(1000), -1],
    [999, percent(3333), 333],
    [450, percent(20_000), 450],
    [450, percent(-100), 0],
    [450, amount(90), 90],
    [450, amount(500), 450],
    [-450, amount(90), -90],
    [-450, amount(500), -450],
    [450, amount(-1), 0],
    [0, amount(500), 0],
    [450, null, 0],
  ])('on %d, %j takes off %d', (baseMinor, discount, expected) => {
    expect(discountOn(baseMinor, discount)).toBe(expected)
  })
})

describe('spreadOrderDiscount', () => {
  test.each([
    [[1000, 1000, 1000], amount(100), [34, 33, 33]],
    [[1000, 500], percent(1000), [100, 50]],
    [[5, 5, 5], percent(1000), [1, 1, 0]],
    [[300, 0, 200], amount(900), [300, 0, 200]],
    [[0, 0], amount(100), [0, 0]],
    [[], amount(100), []],
    [[-1000, -1000, -1000], amount(100), [-34, -33, -33]],
    [[1000, -400], percent(1000), [100, -40]],
    [[1000, -400], amount(100), [100, 0]],
    [[1000, 400], null, [0, 0]],
  ])('over %j, %j gives %j', (left, discount, expected) => {
    expect(spreadOrderDiscount(left, discount)).toEqual(expected)
  })
})
