import type { Currency } from './currency.ts'
import { mulDivRound } from './money.ts'

/** `roundedMinor = amount + roundingMinor`. */
export type CashAmount = { readonly roundedMinor: number; readonly roundingMinor: number }

/**
 * What is paid in cash for an amount: the nearest multiple of the smallest coin, half away from zero, so that money back mirrors
 * money taken. The rounding stands on a line of its own and never touches the tax.
 */
export function roundCash(amountMinor: number, currency: Pick<Currency, 'cashRoundingMinor'>): CashAmount {
  const stepMinor = currency.cashRoundingMinor
  const roundedMinor = mulDivRound(amountMinor, 1, stepMinor) * stepMinor
  return { roundedMinor, roundingMinor: roundedMinor - amountMinor }
}
