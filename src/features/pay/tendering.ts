import { roundCash } from '#domain/cash-rounding.ts'
import type { Currency } from '#domain/currency.ts'
import { changeDue } from '#domain/quick-cash.ts'
import type { TenderInput } from '../../worker/api-selling.ts'

/** What the screen says and what its lit key would take. All amounts ≥ 0 but `roundingMinor`. */
export type Tendering = {
  /** Still to pay in this kind of money: in cash rounded to the smallest coin. */
  readonly dueMinor: number
  /** Due in cash minus due; 0 for cards and where nothing is rounded. */
  readonly roundingMinor: number
  readonly changeMinor: number
  /** The tender that the lit key takes now. */
  readonly next: TenderInput
  /** Whether the order is paid in full once `next` is taken. */
  readonly completes: boolean
}

/** What is left of the total after the tenders taken so far, before any rounding. */
export function leftMinor(totalMinor: number, taken: readonly TenderInput[]): number {
  return taken.reduce((left, tender) => left - tender.amountMinor, totalMinor)
}

/**
 * Cash for what is left. The cash part of an order is rounded as a whole, so a first part is taken in whole coins.
 * @param enteredMinor what was handed over; null means exactly what is due
 */
export function cashTendering(
  totalMinor: number,
  taken: readonly TenderInput[],
  enteredMinor: number | null,
  currency: Currency,
): Tendering {
  const cashTaken = taken.filter(({ tender }) => tender === 'cash')
  const cashTakenMinor = cashTaken.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
  const { roundedMinor, roundingMinor } = roundCash(leftMinor(totalMinor, taken) + cashTakenMinor, currency)
  const dueMinor = roundedMinor - cashTakenMinor
  const tenderedMinor = enteredMinor ?? dueMinor
  const completes = tenderedMinor >= dueMinor
  const partMinor = tenderedMinor - (tenderedMinor % currency.cashRoundingMinor)
  return {
    dueMinor,
    roundingMinor,
    changeMinor: changeDue(dueMinor, tenderedMinor),
    next: completes
      ? { tender: 'cash', amountMinor: dueMinor, tenderedMinor }
      : { tender: 'cash', amountMinor: partMinor, tenderedMinor: partMinor },
    completes,
  }
}

/** A card on a terminal of its own is always charged what is left, to the cent. */
export function cardTendering(totalMinor: number, taken: readonly TenderInput[]): Tendering {
  const dueMinor = leftMinor(totalMinor, taken)
  return {
    dueMinor,
    roundingMinor: 0,
    changeMinor: 0,
    next: { tender: 'card', amountMinor: dueMinor, tenderedMinor: dueMinor },
    completes: true,
  }
}
