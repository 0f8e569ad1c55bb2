import { roundCash } from './cash-rounding.ts'
import type { Currency } from './currency.ts'

/**
 * The amounts on the quick-cash keys, ascending and distinct, at most eight: first the exact amount due in cash (rounded to the
 * smallest coin), then the next multiple of each note and large coin, then further multiples of the note that cash machines
 * give, while they stay below the largest. Empty when nothing is due.
 */
export function quickCash(dueMinor: number, currency: Currency): number[] {
  if (dueMinor <= 0) return []
  const { roundedMinor: exactMinor } = roundCash(dueMinor, currency)
  const { steps, machineNote } = notesOf(currency)
  const keys = new Set([exactMinor, ...steps.map((step) => nextMultiple(exactMinor, step))])
  const largest = Math.max(...keys)
  if (exactMinor > machineNote)
    for (
      let amount = nextMultiple(exactMinor, machineNote);
      amount < largest && keys.size < mostKeys;
      amount += machineNote
    )
      keys.add(amount)
  return [...keys]
    .filter((amount) => amount > 0)
    .toSorted((a, b) => a - b)
    .slice(0, mostKeys)
}

/** What the customer gets back; zero while less than the amount due was handed over. */
export function changeDue(dueMinor: number, tenderedMinor: number): number {
  return Math.max(tenderedMinor - dueMinor, 0)
}

const mostKeys = 8

/** In whole units of the currency: coins and notes that a till is paid with, and the note that cash machines give most. */
type NoteSeries = { readonly steps: readonly number[]; readonly machineNote: number }

const usual: NoteSeries = { steps: [1, 5, 10, 20, 50, 100], machineNote: 20 }
const tens: NoteSeries = { steps: [10, 50, 100, 200, 500], machineNote: 200 }
const hundreds: NoteSeries = { steps: [100, 500, 1000, 5000, 10_000], machineNote: 1000 }
const thousands: NoteSeries = { steps: [1000, 5000, 10_000, 50_000], machineNote: 10_000 }

/** Series of notes in circulation; a currency that isn't listed has the usual 1-5-10-20-50-100. */
const noteSeries = new Map<string, NoteSeries>([
  ['GBP', { steps: [1, 5, 10, 20, 50], machineNote: 20 }],
  ['PLN', { steps: [1, 5, 10, 20, 50, 100, 200], machineNote: 50 }],
  ['CHF', { steps: [1, 5, 10, 20, 50, 100, 200], machineNote: 50 }],
  ['DKK', { steps: [10, 50, 100, 200, 500], machineNote: 100 }],
  ['SEK', { steps: [10, 20, 50, 100, 200, 500], machineNote: 100 }],
  ['NOK', { steps: [10, 50, 100, 200, 500], machineNote: 100 }],
  ['MXN', { steps: [10, 20, 50, 100, 200, 500], machineNote: 200 }],
  ['INR', { steps: [10, 20, 50, 100, 200, 500], machineNote: 500 }],
  ['ZAR', { steps: [10, 20, 50, 100, 200], machineNote: 100 }],
  ['THB', { steps: [10, 20, 50, 100, 500, 1000], machineNote: 100 }],
  ['TRY', tens],
  ['CZK', { steps: [10, 50, 100, 200, 500, 1000], machineNote: 200 }],
  ['PHP', { steps: [10, 20, 50, 100, 500, 1000], machineNote: 100 }],
  ['TWD', { steps: [10, 50, 100, 500, 1000], machineNote: 100 }],
  ['HUF', { steps: [100, 500, 1000, 2000, 5000, 10_000, 20_000], machineNote: 1000 }],
  ['JPY', hundreds],
  ['ISK', hundreds],
  ['KRW', thousands],
  ['VND', { steps: [1000, 5000, 10_000, 50_000, 100_000, 500_000], machineNote: 100_000 }],
  ['IDR', { steps: [1000, 5000, 10_000, 50_000, 100_000], machineNote: 50_000 }],
])

function notesOf(currency: Currency): NoteSeries {
  const series = noteSeries.get(currency.code) ?? usual
  const unitMinor = 10 ** currency.exponent
  return { steps: series.steps.map((step) => step * unitMinor), machineNote: series.machineNote * unitMinor }
}

function nextMultiple(amountMinor: number, stepMinor: number): number {
  return Math.ceil(amountMinor / stepMinor) * stepMinor
}
