import type { Operation } from '#sync/operation.ts'
import type { Operation as JournalOperation } from '#sync/operation.ts'

/** What really happened, as nobody in the run knows it: the invariants compare with this. */
export type Ledger = {
  /** Person's words, opId → what was done: “Done” was shown. */
  readonly completed: ReadonlyMap<string, Deed>
  /** Everything that ever reached a disk, by opId; the first bytes count. */
  readonly durable: ReadonlyMap<string, Operation>
  /** Operations that were taken from a device by force, by opId. */
  readonly lost: ReadonlyMap<string, 'unacknowledged' | 'acknowledged'>
  complete(deed: Deed): void
  write(operation: JournalOperation): void
  lose(opId: string, wasAcknowledged: boolean): void
}

/** `orderId`: what the deed is about where a person could have done it twice. */
export type Deed = { readonly opId: string; readonly deviceName: string; readonly what: string }

export function createLedger(): Ledger {
  const completed = new Map<string, Deed>()
  const durable = new Map<string, Operation>()
  const lost = new Map<string, 'unacknowledged' | 'acknowledged'>()
  return {
    completed,
    durable,
    lost,
    complete: (deed) => void completed.set(deed.opId, deed),
    write: (operation) => {
      if (!durable.has(operation.opId)) durable.set(operation.opId, operation)
    },
    lose: (opId, wasAcknowledged) => {
      lost.set(opId, wasAcknowledged ? 'acknowledged' : 'unacknowledged')
    },
  }
}
