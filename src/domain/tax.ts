import { allocateByLargestRemainder, divideRounded, mulDivRound } from './money.ts'
import type { Ties } from './money.ts'
import type { LineTaxRate, PricingRules, TaxAmount } from './order.ts'
import { rateDenominator, scaledRate } from './rate.ts'

/** A line as tax sees it: its price after all discounts, and its rates in the order they are charged. */
export type TaxableLine = { readonly priceMinor: number; readonly taxRates: readonly LineTaxRate[] }

export type TaxedLine = {
  readonly netMinor: number
  readonly taxMinor: number
  readonly taxes: readonly TaxAmount[]
}

/**
 * Taxes of each line, `taxes[i]` belonging to `taxRates[i]`.
 *
 * Exclusive: `net = price`; a simple rate charges `round(net × rate)`, a compound one `round((net + taxes before it) × rate)`
 * where the taxes before it are the rounded ones that were charged.
 *
 * Inclusive: with `f = rate` for a simple rate and `f = rate × (1 + Σ f before it)` for a compound one, each rate's part is
 * `round(price × f ÷ (1 + Σ f))` and `net = price − Σ tax`, so that net and taxes add up to the price exactly.
 *
 * `taxRounding: 'line'` rounds so on each line. `'order'` takes the unrounded tax of a rate over all lines, rounds it once and gives
 * it back to the lines by largest remainder. Lines taken back (below zero) are computed apart from sold ones, so that they
 * mirror a sale of the same lines. Ties go away from zero unless `ties` says otherwise.
 */
export function taxLines(
  lines: readonly TaxableLine[],
  pricing: Pick<PricingRules, 'taxMode' | 'taxRounding'>,
  ties: Ties = 'half-away',
): TaxedLine[] {
  const taxesOf = pricing.taxMode === 'inclusive' ? includedTaxes : addedTaxes
  const taxed: TaxedLine[] = []
  for (const batch of batchesRoundedTogether(lines, pricing.taxRounding)) {
    const magnitudes = batch.map((index) => ({
      ...lines[index]!,
      priceMinor: Math.abs(lines[index]!.priceMinor),
    }))
    const amounts = taxesOf(magnitudes, ties)
    for (const [place, index] of batch.entries())
      taxed[index] = taxedLine(lines[index]!, amounts[place]!, pricing.taxMode)
  }
  return taxed
}

function batchesRoundedTogether(
  lines: readonly TaxableLine[],
  rounding: PricingRules['taxRounding'],
): number[][] {
  const indices = lines.map((_, index) => index)
  if (rounding === 'line') return indices.map((index) => [index])
  return [
    indices.filter((index) => lines[index]!.priceMinor >= 0),
    indices.filter((index) => lines[index]!.priceMinor < 0),
  ]
}

function taxedLine(
  line: TaxableLine,
  amounts: readonly number[],
  taxMode: PricingRules['taxMode'],
): TaxedLine {
  const isTakenBack = line.priceMinor < 0
  const signed = amounts.map((amount) => (isTakenBack ? 0 - amount : amount))
  const taxMinor = signed.reduce((total, amount) => total + amount, 0)
  const netMinor = taxMode === 'inclusive' ? line.priceMinor - taxMinor : line.priceMinor
  let before = 0
  const taxes = line.taxRates.map(({ taxRateId, name, rateBasisPoints, isCompound }, place) => {
    const taxableMinor = isCompound ? netMinor + before : netMinor
    before += signed[place]!
    return { taxRateId, name, rateBasisPoints, taxableMinor, taxMinor: signed[place]! }
  })
  return { netMinor, taxMinor, taxes }
}

/** One use of a rate: the line and the place in its list of rates. */
type Use = { readonly line: number; readonly place: number }

function addedTaxes(lines: readonly TaxableLine[], ties: Ties): number[][] {
  const amounts = lines.map((line) => line.taxRates.map(() => 0))
  for (const uses of usesByRate(lines, compoundKey)) {
    const taxables = uses.map(({ line, place }) => {
      const { priceMinor, taxRates } = lines[line]!
      const before = taxRates[place]!.isCompound ? amounts[line]!.slice(0, place) : []
      return before.reduce((total, amount) => total + amount, priceMinor)
    })
    const total = taxables.reduce((sum, taxable) => sum + taxable, 0)
    const taxMinor = mulDivRound(total, rateOf(lines, uses), rateDenominator, ties)
    const shares = allocateByLargestRemainder(taxMinor, taxables)
    for (const [index, { line, place }] of uses.entries()) amounts[line]![place] = shares[index]!
  }
  return amounts
}

function includedTaxes(lines: readonly TaxableLine[], ties: Ties): number[][] {
  const amounts = lines.map((line) => line.taxRates.map(() => 0))
  const fractions = lines.map((line) => includedFractions(line.taxRates))
  for (const uses of usesByRate(lines, rateKey)) {
    const divisors = new Set(uses.map(({ line }) => fractions[line]!.divisor))
    const commonDivisor = [...divisors].reduce((product, divisor) => product * divisor, 1n)
    const weights = uses.map(({ line, place }) => {
      const { numerators, divisor } = fractions[line]!
      return BigInt(lines[line]!.priceMinor) * numerators[place]! * (commonDivisor / divisor)
    })
    const total = weights.reduce((sum, weight) => sum + weight, 0n)
    const shares = allocateByLargestRemainder(Number(divideRounded(total, commonDivisor, ties)), weights)
    for (const [index, { line, place }] of uses.entries()) amounts[line]![place] = shares[index]!
  }
  return amounts
}

/** Per rate the part `f ÷ (1 + Σ f)` of an inclusive price, as whole numerators over one divisor. */
function includedFractions(rates: readonly LineTaxRate[]): { numerators: bigint[]; divisor: bigint } {
  const denominator = BigInt(rateDenominator)
  const one = denominator ** BigInt(rates.length)
  const numerators: bigint[] = []
  let divisor = one
  for (const rate of rates) {
    const numerator =
      (BigInt(scaledRate(rate.rateBasisPoints)) * (rate.isCompound ? divisor : one)) / denominator
    numerators.push(numerator)
    divisor += numerator
  }
  return { numerators, divisor }
}

/**
 * Groups the uses of equal rates. A group comes after all groups that its own taxable amounts depend on: a compound rate's key
 * holds the keys before it on the line, so those were met first.
 */
function usesByRate(
  lines: readonly TaxableLine[],
  keyOf: (rates: readonly LineTaxRate[], place: number) => string,
): Use[][] {
  const groups = new Map<string, Use[]>()
  for (const [line, { taxRates }] of lines.entries())
    for (const place of taxRates.keys()) {
      const key = keyOf(taxRates, place)
      groups.set(key, [...(groups.get(key) ?? []), { line, place }])
    }
  return [...groups.values()]
}

function rateKey(rates: readonly LineTaxRate[], place: number): string {
  const { taxRateId, rateBasisPoints, isCompound } = rates[place]!
  return JSON.stringify([taxRateId, rateBasisPoints, isCompound])
}

/** A compound rate after other rates is charged on something else, so it is rounded apart. */
function compoundKey(rates: readonly LineTaxRate[], place: number): string {
  if (!rates[place]!.isCompound) return rateKey(rates, place)
  return rates
    .slice(0, place + 1)
    .map((_, before) => rateKey(rates, before))
    .join()
}

function rateOf(lines: readonly TaxableLine[], uses: readonly Use[]): number {
  const { line, place } = uses[0]!
  return scaledRate(lines[line]!.taxRates[place]!.rateBasisPoints)
}
