import { describe, expect, test } from 'vitest'
import { scaledRate } from '#domain/rate.ts'
import { taxLines } from '#domain/tax.ts'
import { rate } from './order-samples.ts'

const gst = rate('gst', 500)
const qst = rate('qst', 997.5)
const qstOnGst = rate('qst', 997.5, true)

function amounts(taxed: ReturnType<typeof taxLines>) {
  return taxed.map(({ netMinor, taxes }) => [netMinor, ...taxes.map((tax) => tax.taxMinor)])
}

describe('Exclusive tax', () => {
  const perLine = { taxMode: 'exclusive', taxRounding: 'line' } as const
  const perOrder = { taxMode: 'exclusive', taxRounding: 'order' } as const

  test('two simple rates are both charged on the net amount: 100.00 has 5.00 and 9.975 → 9.98', () => {
    const [taxed] = taxLines([{ priceMinor: 10_000, taxRates: [gst, qst] }], perLine)
    expect(taxed).toMatchObject({ netMinor: 10_000, taxMinor: 1498 })
    expect(taxed?.taxes.map(({ taxableMinor, taxMinor }) => [taxableMinor, taxMinor])).toEqual([
      [10_000, 500],
      [10_000, 998],
    ])
  })

  test('a compound rate is charged on net and taxes before it: 9.975 % of 105.00 is 10.47375 → 10.47', () => {
    const [taxed] = taxLines([{ priceMinor: 10_000, taxRates: [gst, qstOnGst] }], perLine)
    expect(taxed?.taxes.map(({ taxableMinor, taxMinor }) => [taxableMinor, taxMinor])).toEqual([
      [10_000, 500],
      [10_500, 1047],
    ])
  })

  test('three rates, the last compound: 19.99 has 1.00, 0.30 and 10 % of 21.29', () => {
    const taxRates = [gst, rate('city', 150), rate('luxury', 1000, true)]
    expect(amounts(taxLines([{ priceMinor: 1999, taxRates }], perLine))).toEqual([[1999, 100, 30, 213]])
  })

  test('a tie goes away from zero, or to even where that is asked for: 6.75 % of 2.00 is 0.135; 7.75 % of 6.00 is 0.465', () => {
    const sticker = { priceMinor: 200, taxRates: [rate('a', 675)] }
    const coffee = { priceMinor: 600, taxRates: [rate('a', 775)] }
    expect(amounts(taxLines([sticker, coffee], perLine))).toEqual([
      [200, 14],
      [600, 47],
    ])
    expect(amounts(taxLines([sticker, coffee], perLine, 'half-even'))).toEqual([
      [200, 14],
      [600, 46],
    ])
  })

  test('per line three tax amounts of 0.4 vanish; per order they are 1.2 → 1, given to one line', () => {
    const lines = Array.from({ length: 3 }, () => ({ priceMinor: 8, taxRates: [gst] }))
    expect(amounts(taxLines(lines, perLine)).map(([, tax]) => tax)).toEqual([0, 0, 0])
    expect(amounts(taxLines(lines, perOrder)).map(([, tax]) => tax)).toEqual([1, 0, 0])
  })

  test('per order each rate is rounded by itself over the lines that have it', () => {
    const lines = [
      { priceMinor: 1010, taxRates: [gst, qst] },
      { priceMinor: 1010, taxRates: [gst] },
    ]
    // 5 % of 20.20 is 1.01; 9.975 % of 10.10 is 1.007475.
    expect(amounts(taxLines(lines, perOrder))).toEqual([
      [1010, 51, 101],
      [1010, 50],
    ])
  })

  test('per order a compound rate is charged on the shares of the taxes before it', () => {
    const lines = [
      { priceMinor: 1010, taxRates: [gst, qstOnGst] },
      { priceMinor: 1010, taxRates: [gst, qstOnGst] },
    ]
    // 5 % of 20.20 is 1.01; 9.975 % of 21.21 is 2.1156975.
    expect(amounts(taxLines(lines, perOrder))).toEqual([
      [1010, 51, 106],
      [1010, 50, 106],
    ])
  })

  test('per order a compound rate is rounded apart for lines with other taxes before it', () => {
    const lines = [
      { priceMinor: 1000, taxRates: [qstOnGst] },
      { priceMinor: 1000, taxRates: [gst, qstOnGst] },
    ]
    // 9.975 % of 10.00 is 0.9975, of 10.50 it is 1.047375.
    expect(amounts(taxLines(lines, perOrder))).toEqual([
      [1000, 100],
      [1000, 50, 105],
    ])
  })

  test('lines taken back mirror the same lines sold, and change nothing on those', () => {
    const sold = [1010, 1035, 995].map((priceMinor) => ({ priceMinor, taxRates: [gst, qstOnGst] }))
    const takenBack = sold.map((line) => ({ ...line, priceMinor: -line.priceMinor }))
    const taxed = taxLines([...sold, ...takenBack], perOrder)
    expect(amounts(taxed.slice(0, 3))).toEqual(amounts(taxLines(sold, perOrder)))
    expect(amounts(taxed.slice(3))).toEqual(
      amounts(taxed.slice(0, 3)).map((list) => list.map((amount) => -amount)),
    )
  })
})

describe('Inclusive tax', () => {
  const perLine = { taxMode: 'inclusive', taxRounding: 'line' } as const
  const perOrder = { taxMode: 'inclusive', taxRounding: 'order' } as const

  test('19 % is in 119.00 as 19.00, and in 9.99 as 1.595… → 1.60', () => {
    const lines = [11_900, 999].map((priceMinor) => ({ priceMinor, taxRates: [rate('vat', 1900)] }))
    expect(amounts(taxLines(lines, perLine))).toEqual([
      [10_000, 1900],
      [839, 160],
    ])
  })

  test('two simple rates share one base: 114.98 holds 100.00 with 5.00 and 9.98', () => {
    expect(amounts(taxLines([{ priceMinor: 11_498, taxRates: [gst, qst] }], perLine))).toEqual([
      [10_000, 500, 998],
    ])
  })

  test('a compound rate: 115.47 holds 100.00 with 5.00 and 10.47', () => {
    const [taxed] = taxLines([{ priceMinor: 11_547, taxRates: [gst, qstOnGst] }], perLine)
    expect(taxed?.netMinor).toBe(10_000)
    expect(taxed?.taxes.map(({ taxableMinor, taxMinor }) => [taxableMinor, taxMinor])).toEqual([
      [10_000, 500],
      [10_500, 1047],
    ])
  })

  test('per order the tax of a rate is extracted from the sum: 5 % in 3 × 0.31 is 0.0443 → 0.04, not 3 × 0.01', () => {
    const lines = Array.from({ length: 3 }, () => ({ priceMinor: 31, taxRates: [gst] }))
    expect(amounts(taxLines(lines, perLine)).map(([, tax]) => tax)).toEqual([1, 1, 1])
    expect(amounts(taxLines(lines, perOrder)).map(([, tax]) => tax)).toEqual([2, 1, 1])
  })

  test('per order one rate among different others is still rounded once', () => {
    const lines = [
      { priceMinor: 1000, taxRates: [gst] },
      { priceMinor: 1000, taxRates: [gst, qst] },
    ]
    // 1000 × 5/105 + 1000 × 5/114.975 = 47.619… + 43.487… = 91.106…; 1000 × 9.975/114.975 = 86.758…
    expect(amounts(taxLines(lines, perOrder))).toEqual([
      [952, 48],
      [870, 43, 87],
    ])
  })
})

describe('Rates', () => {
  test('two decimals of a basis point are exact, and finer ones are refused', () => {
    expect(scaledRate(825)).toBe(82_500)
    expect(scaledRate(997.5)).toBe(99_750)
    expect(scaledRate(33.33)).toBe(3333)
    expect(() => scaledRate(0.125)).toThrow(RangeError)
    expect(() => scaledRate(Number.NaN)).toThrow(RangeError)
  })

  test('a line without rates has no tax', () => {
    expect(
      taxLines([{ priceMinor: 500, taxRates: [] }], { taxMode: 'inclusive', taxRounding: 'order' }),
    ).toEqual([{ netMinor: 500, taxMinor: 0, taxes: [] }])
  })
})
