import type { InstallState } from '../use-cases/ports.ts'
import type { Tx } from './pool.ts'

/** [L7] What one install holds, as one transaction sees it. */
export type ChangesScope = {
  readonly tx: Tx
  /** Null: of all stores. */
  readonly storeId: string | null
  readonly holdsOrders: boolean
  /** Business day: orders before it travel as segments only. */
  readonly ordersSince: string
}

/** [L4] How far back a register holds its store's orders one by one. */
const recentOrdersDays = 30

/** `now`: ms since 1970. */
export function ordersSinceAt(now: number): string {
  return new Date(now - recentOrdersDays * 86_400_000).toISOString().slice(0, 10)
}

export function scopeFor(tx: Tx, install: InstallState, now: number): ChangesScope {
  const holdsOrders = install.kind === 'register'
  return { tx, storeId: install.storeId, holdsOrders, ordersSince: ordersSinceAt(now) }
}

/** Of rows that always have a store. `$n` is its parameter. */
export function isOfStore(parameter: string): string {
  return `(${parameter}::uuid is null or store_id = ${parameter})`
}

/** Of records: without a store they are everybody's. */
export function isInStore(parameter: string): string {
  return `(${parameter}::uuid is null or store_id is null or store_id = ${parameter})`
}
