import type { PaidOrder } from '#domain/order.ts'
import type { Operation } from '#sync/operation.ts'
import type { Completed } from '../ledger.ts'
import type { Violation } from '../proof/held.ts'
import { chainOf, hashOf, seedOf } from '../proof/journals.ts'

/** What lies in the browser's IndexedDB, read past the product. */
export type DeviceRows = {
  readonly meta: readonly { readonly key: string; readonly value: unknown }[]
  readonly journal: readonly Operation[]
  readonly orders: readonly {
    readonly orderId: string
    readonly seq?: number
    readonly hash?: string
    readonly receiptNumber: string
    readonly order: PaidOrder | null
  }[]
}

type JournalRow = {
  readonly installId: string
  readonly seq: number
  readonly chain: string
  readonly receipt: { readonly series: number; readonly next: number } | null
  readonly openShift: {
    readonly shiftId: string
    readonly orderCount: number
    readonly netMinor: number
  } | null
}

/** [I1] [I3] [I5] [I12] on the device: all of a sale or nothing, numbers without a gap, and nothing acknowledged missing. */
export function deviceViolations(
  { meta, journal, orders }: DeviceRows,
  completed: readonly Completed[],
): Violation[] {
  const row = meta.find(({ key }) => key === 'journal')?.value as JournalRow
  const own = orders.filter(({ seq }) => seq !== undefined)
  const paid = journal.filter(({ kind }) => kind === 'order.paid')
  const rowOf = new Map(own.map((order) => [order.orderId, order]))
  const found: Violation[] = chainViolations(row, journal)
  for (const { seq, hash, payload } of paid) {
    const order = JSON.parse(payload) as PaidOrder
    const stored = rowOf.get(order.orderId)
    if (stored?.seq !== seq || stored.hash !== hash || stored.receiptNumber !== order.receiptNumber)
      found.push({ rule: 'I5', what: `operation ${seq} is on the device without its order` })
  }
  const told = new Set(paid.map(({ seq }) => seq))
  for (const { seq, receiptNumber } of own)
    if (!told.has(seq!))
      found.push({ rule: 'I5', what: `receipt ${receiptNumber} is on the device without its operation` })
  return [...found, ...numberViolations(row, paid), ...lossViolations(row, journal, completed)]
}

function chainViolations(row: JournalRow, journal: readonly Operation[]): Violation[] {
  let chain = seedOf(row.installId)
  for (const [index, operation] of journal.entries()) {
    chain = chainOf(chain, operation.hash)
    if (operation.seq !== index + 1 || operation.hash !== hashOf(operation) || operation.chain !== chain)
      return [{ rule: 'I3', what: `the device's journal is broken at ${index + 1}` }]
  }
  return row.seq === journal.length && row.chain === chain
    ? []
    : [{ rule: 'I3', what: `the device's journal ends at ${journal.length}, and it says ${row.seq}` }]
}

function numberViolations(row: JournalRow, paid: readonly Operation[]): Violation[] {
  const numbers = paid.map(({ payload }) => (JSON.parse(payload) as PaidOrder).receiptNumber)
  const wrong = numbers.findIndex((number, index) => number !== `${row.receipt?.series}-${index + 1}`)
  if (wrong !== -1)
    return [{ rule: 'I12', what: `${numbers[wrong]} stands where number ${wrong + 1} should` }]
  return row.receipt?.next === numbers.length + 1
    ? []
    : [{ rule: 'I12', what: `the next number is ${row.receipt?.next} after ${numbers.length} receipts` }]
}

function lossViolations(
  row: JournalRow,
  journal: readonly Operation[],
  completed: readonly Completed[],
): Violation[] {
  return completed
    .filter(({ installId }) => installId === row.installId)
    .filter((each) =>
      each.kind === 'order.paid'
        ? journal[each.seq - 1]?.hash !== each.hash
        : journal.filter(({ kind, payload }) => kind === each.kind && payload.includes(each.mark)).length !==
          1,
    )
    .map((each) => ({
      rule: 'I1' as const,
      what: `${each.kind === 'order.paid' ? `receipt ${each.receiptNumber}` : `${each.kind} ${each.mark}`} was done, and is not on the device`,
    }))
}
