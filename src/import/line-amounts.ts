import { areEqual, negated, product, roundedTo, sum } from './decimal.ts'
import type { Decimal } from './decimal.ts'
import type { ImportedAmounts } from './imported-order.ts'

/** What the file says about one line; null where it has no column or an empty cell. */
export type FileAmounts = {
  readonly quantity: Decimal | null
  readonly unitPrice: Decimal | null
  readonly gross: Decimal | null
  readonly discount: Decimal | null
  readonly net: Decimal | null
  readonly tax: Decimal | null
  readonly total: Decimal | null
}

export type LineAmounts = ImportedAmounts & {
  readonly isRefund: boolean
  readonly quantityMilli: number
  readonly unitPriceMinor: number
}

export type AmountDoubt = 'price-differs' | 'discount-differs' | 'total-differs'

export type AmountRefusal = 'quantity-zero' | 'amount-missing' | 'amount-too-large'

export type AmountsOutcome =
  | { readonly ok: true; readonly value: LineAmounts; readonly doubt: AmountDoubt | null }
  | { readonly ok: false; readonly refusal: AmountRefusal }

const one: Decimal = { units: 1n, scale: 0 }
const zero: Decimal = { units: 0n, scale: 0 }

/**
 * The money of one line in minor units. Each amount is rounded once, half away from zero, from the exact decimal.
 * What the file gives is kept: net before total less tax before gross less discount, quantity × price only where it
 * gives none of these. `isRefund` null: a negative quantity tells. Refunds come out negative whichever sign the file uses.
 * When net + tax = total exactly, net and total are rounded and tax takes the difference, so that sums of either are right.
 */
export function lineAmounts(
  file: FileAmounts,
  eventIsRefund: boolean | null,
  exponent: number,
): AmountsOutcome {
  const reference = file.net ?? file.total ?? file.gross ?? file.unitPrice ?? zero
  const given = file.quantity ?? (reference.units < 0n ? negated(one) : one)
  const isRefund = eventIsRefund ?? given.units < 0n
  const quantity = isRefund ? negated(magnitude(given)) : given
  const quantityMilli = roundedTo(quantity, 3)
  if (quantityMilli === 0) return { ok: false, refusal: 'quantity-zero' }
  const amounts = isRefund ? asRefund(file) : file
  const computed = amounts.unitPrice && product(quantity, amounts.unitPrice)
  const sign = quantity.units < 0n ? -1 : 1
  const discount = amounts.discount && withSign(magnitude(amounts.discount), sign)
  const base = amounts.gross ?? (file.quantity ? computed : null)
  const net = netOf(amounts) ?? (base && sum(base, negated(discount ?? zero)))
  if (!net) return { ok: false, refusal: 'amount-missing' }
  const netMinor = roundedTo(net, exponent)
  const grossMinor = roundedTo(amounts.gross ?? grossOf(netOf(amounts), discount) ?? base ?? net, exponent)
  const taxed = taxOf(amounts, net, exponent)
  const discountMinor = discount ? roundedTo(discount, exponent) : 0
  const computedMinor = computed ? roundedTo(computed, exponent) : grossMinor
  if (netMinor === null || grossMinor === null || taxed === null || quantityMilli === null)
    return { ok: false, refusal: 'amount-too-large' }
  if (discountMinor === null || computedMinor === null) return { ok: false, refusal: 'amount-too-large' }
  const taken = discountTaken(grossMinor, netMinor, amounts.discount ? discountMinor : null)
  const unitPriceMinor = amounts.unitPrice
    ? roundedTo(amounts.unitPrice, exponent)
    : perUnit(grossMinor, quantityMilli)
  const isPriceOff = file.quantity !== null && Math.abs(computedMinor - grossMinor) > 1
  return {
    ok: true,
    value: {
      isRefund,
      quantityMilli,
      unitPriceMinor: unitPriceMinor ?? 0,
      grossMinor,
      discountMinor: taken.discountMinor,
      netMinor,
      taxMinor: taxed.taxMinor,
      totalMinor: netMinor + taxed.taxMinor,
    },
    doubt: isPriceOff
      ? 'price-differs'
      : taken.isOff
        ? 'discount-differs'
        : taxed.isOff
          ? 'total-differs'
          : null,
  }
}

function netOf({ net, total, tax }: FileAmounts): Decimal | null {
  return net ?? (total && (tax ? sum(total, negated(tax)) : total))
}

function grossOf(net: Decimal | null, discount: Decimal | null): Decimal | null {
  return net && sum(net, discount ?? zero)
}

function taxOf(
  { tax, total, net: fileNet }: FileAmounts,
  net: Decimal,
  exponent: number,
): { readonly taxMinor: number; readonly isOff: boolean } | null {
  const exactTax = tax ?? (total && fileNet ? sum(total, negated(fileNet)) : zero)
  const netMinor = roundedTo(net, exponent)
  const taxMinor = roundedTo(exactTax, exponent)
  const totalMinor = total ? roundedTo(total, exponent) : null
  if (netMinor === null || taxMinor === null || (total && totalMinor === null)) return null
  if (!total || totalMinor === null) return { taxMinor, isOff: false }
  if (areEqual(sum(net, exactTax), total)) return { taxMinor: totalMinor - netMinor, isOff: false }
  return { taxMinor, isOff: Math.abs(netMinor + taxMinor - totalMinor) > 1 }
}

/** Files write a discount as 1.82 or −1.82: the sign is taken with which gross − discount = net. */
function discountTaken(grossMinor: number, netMinor: number, fileMinor: number | null) {
  const between = grossMinor - netMinor
  if (fileMinor === null || Math.abs(Math.abs(between) - Math.abs(fileMinor)) <= 1)
    return { discountMinor: between, isOff: false }
  return { discountMinor: fileMinor, isOff: true }
}

function asRefund(file: FileAmounts): FileAmounts {
  const reference = file.net ?? file.total ?? file.gross ?? zero
  const turned = (value: Decimal | null) => (value && reference.units > 0n ? negated(value) : value)
  return {
    ...file,
    unitPrice: file.unitPrice && magnitude(file.unitPrice),
    gross: turned(file.gross),
    net: turned(file.net),
    tax: turned(file.tax),
    total: turned(file.total),
  }
}

/** Half away from zero, as everywhere here. */
function perUnit(grossMinor: number, quantityMilli: number): number | null {
  const exact = { units: BigInt(grossMinor) * 1_000_000_000_000n, scale: 12 }
  return roundedTo({ units: (exact.units * 1000n) / BigInt(quantityMilli), scale: 12 }, 0)
}

function magnitude(value: Decimal): Decimal {
  return value.units < 0n ? negated(value) : value
}

function withSign(value: Decimal, sign: 1 | -1): Decimal {
  return sign < 0 ? negated(value) : value
}
