import type { Currency } from '#domain/currency.ts'
import { formatMoney } from '../../ui/format.ts'
import type { SelectOption } from '../../ui/select.tsx'

const stepsMinor = [1, 5, 10, 20, 25, 50, 100, 500, 1000]

/** The smallest coins that a store may have, with the one it has now. */
export function roundingOptions(
  { code, exponent, cashRoundingMinor }: Currency,
  locale: string,
): readonly SelectOption<string>[] {
  return [...new Set([...stepsMinor, cashRoundingMinor])]
    .sort((one, other) => one - other)
    .map((stepMinor) => ({
      value: String(stepMinor),
      label: stepMinor === 1 ? 'Not rounded' : `To ${formatMoney(stepMinor, code, exponent, locale)}`,
    }))
}
