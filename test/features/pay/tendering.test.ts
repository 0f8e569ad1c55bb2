import { describe, expect, test } from 'vitest'
import type { Currency } from '#domain/currency.ts'
import { cardTendering, cashTendering, leftMinor } from '../../../src/features/pay/tendering.ts'

const usd: Currency = { code: 'USD', exponent: 2, cashRoundingMinor: 1 }
const cad: Currency = { code: 'CAD', exponent: 2, cashRoundingMinor: 5 }
const part = (amountMinor: number) => ({ tender: 'cash', amountMinor, tenderedMinor: amountMinor }) as const

describe('cash', () => {
  test('nothing entered means exactly what is due', () => {
    expect(cashTendering(2337, [], null, usd)).toEqual({
      dueMinor: 2337,
      roundingMinor: 0,
      changeMinor: 0,
      next: { tender: 'cash', amountMinor: 2337, tenderedMinor: 2337 },
      completes: true,
    })
  })

  test('more than due gives change and counts only what is due', () => {
    expect(cashTendering(2337, [], 3000, usd)).toMatchObject({
      changeMinor: 663,
      next: { amountMinor: 2337, tenderedMinor: 3000 },
      completes: true,
    })
  })

  test('less than due is a part', () => {
    expect(cashTendering(2337, [], 1000, usd)).toMatchObject({
      changeMinor: 0,
      next: { amountMinor: 1000, tenderedMinor: 1000 },
      completes: false,
    })
    expect(cashTendering(2337, [part(1000)], null, usd)).toMatchObject({ dueMinor: 1337, completes: true })
  })

  test('is rounded to the smallest coin, once for the whole of the cash', () => {
    expect(cashTendering(1002, [], null, cad)).toMatchObject({ dueMinor: 1000, roundingMinor: -2 })
    expect(cashTendering(1003, [], 2000, cad)).toMatchObject({
      dueMinor: 1005,
      roundingMinor: 2,
      changeMinor: 995,
    })
    expect(cashTendering(1003, [part(500)], null, cad)).toMatchObject({ dueMinor: 505, roundingMinor: 2 })
  })

  test('parts are taken in whole coins, so that a card can settle the rest to the cent', () => {
    const first = cashTendering(1003, [], 502, cad)
    expect(first.next).toEqual(part(500))
    expect(cardTendering(1003, [first.next]).next.amountMinor).toBe(503)
  })

  test('whatever the parts, cash payments add up to total plus rounding', () => {
    for (let total = 1; total < 400; total += 7) {
      const first = cashTendering(total, [], Math.floor(total / 2), cad)
      const taken = first.completes ? [] : [first.next]
      const last = cashTendering(total, taken, null, cad)
      const paid = [...taken, last.next].reduce((sum, { amountMinor }) => sum + amountMinor, 0)
      expect(paid).toBe(total + last.roundingMinor)
    }
  })
})

describe('card', () => {
  test('takes what is left, to the cent', () => {
    expect(cardTendering(1003, [])).toMatchObject({ dueMinor: 1003, roundingMinor: 0, changeMinor: 0 })
    expect(leftMinor(1003, [part(500)])).toBe(503)
  })
})
