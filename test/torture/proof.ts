import type { Completed } from './ledger.ts'
import { completedViolations } from './proof/completed.ts'
import { type Query, readHeld, type Violation } from './proof/held.ts'
import { journalViolations } from './proof/journals.ts'
import { orderViolations } from './proof/orders.ts'
import { sumViolations } from './proof/sums.ts'

export type Proof = {
  readonly violations: readonly Violation[]
  readonly held: {
    readonly operations: number
    readonly orders: number
    readonly payments: number
    readonly closedShifts: number
  }
}

export type ToProve = {
  readonly completed: readonly Completed[]
  /** How many orders may be held of which the ledger knows nothing: those under way when a device was killed. */
  readonly mostUnsaid: number
}

/** Proves I1, I2, I3, I5, I10 and I12 from what the database holds and the ledger of what devices have done. */
export async function prove(query: Query, { completed, mostUnsaid }: ToProve): Promise<Proof> {
  const held = await readHeld(query)
  return {
    violations: [
      ...completedViolations(held, completed, mostUnsaid),
      ...journalViolations(held),
      ...orderViolations(held),
      ...(await sumViolations(query, held)),
    ],
    held: {
      operations: held.operations.length,
      orders: held.orders.length,
      payments: held.payments.length,
      closedShifts: held.operations.filter(({ kind }) => kind === 'shift.closed').length,
    },
  }
}
