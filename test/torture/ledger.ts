import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'

/** A sale or a refund that its device said was done. */
export type CompletedOrder = {
  readonly kind: 'order.paid'
  readonly installId: string
  readonly seq: number
  readonly hash: string
  readonly orderId: string
  readonly receiptNumber: string
  readonly totalMinor: number
  readonly payments: readonly { readonly paymentId: string; readonly amountMinor: number }[]
  readonly movements: number
}

/** Another fact. `mark` is a piece of text that one payload of the install has, and no other of its kind. */
export type CompletedFact = {
  readonly kind: 'cash.moved' | 'shift.closed' | 'stock.moved' | 'stock.counted'
  readonly installId: string
  readonly mark: string
}

export type Completed = CompletedOrder | CompletedFact

/** What devices have completed, in a file outside of all browsers: written before the device may go on. */
export type Ledger = {
  note(completed: Completed): void
  all(): readonly Completed[]
  /** How many orders are in it. */
  orders(): number
}

export function openLedger(path: string): Ledger {
  writeFileSync(path, '')
  let orders = 0
  return {
    note: (completed) => {
      appendFileSync(path, `${JSON.stringify(completed)}\n`)
      if (completed.kind === 'order.paid') orders += 1
    },
    all: () =>
      readFileSync(path, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Completed),
    orders: () => orders,
  }
}
