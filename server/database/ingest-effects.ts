import type { Effects, InstallState, MovementWrite } from '../use-cases/ports.ts'
import type { Tx } from './pool.ts'
import { together } from './together.ts'
import { uuidColumn } from './write-columns.ts'
import { writeOrders } from './write-orders.ts'
import { writeExtraPayments } from './write-payments.ts'
import { writeJudgedRecords } from './write-records.ts'
import { adoptLateFacts, closeShifts, openShifts, writeCashMoved } from './write-shift-facts.ts'
import { insertMovements, type MovementToStore } from './write-stock.ts'
import type { Trust } from './write-trust.ts'

/** Writes down what was decided, under the version that the caller has taken. */
export async function writeEffects(
  tx: Tx,
  install: InstallState,
  effects: Effects,
  trust: Trust,
): Promise<void> {
  const orders = effects.orders.map((write) => ({ ...write, importId: null }))
  await together(
    () => openShifts(tx, effects.shiftsOpened),
    () => adoptLateFacts(tx, effects.adoptions),
    () => writeOrders(tx, orders, trust),
    () => writeExtraPayments(tx, effects.extraPayments, install.registerId),
    () => markRefunded(tx, effects.refundedOrderIds),
    () => writeCashMoved(tx, install.installId, effects.cashMoved),
    () => insertMovements(tx, effects.movements.map(toMovement), trust),
    () => closeShifts(tx, effects.shiftsClosed),
    () => writeJudgedRecords(tx, effects.records),
  )
}

/** Whether an error says that an id is stored already. */
export function isTwin(error: unknown): boolean {
  return (error as { code?: unknown }).code === '23505'
}

/** Whether an error says that a value fits no column: data exceptions and check violations, by their SQLSTATE. */
export function isUnstorable(error: unknown): boolean {
  return /^(22|23514)/.test(String((error as { code?: unknown }).code))
}

/** [R4] Sales that are refunded in full by now. */
async function markRefunded(tx: Tx, orderIds: readonly string[]): Promise<void> {
  if (orderIds.length === 0) return
  await tx.query(
    `update orders set status = 'refunded', v = current_version()
     where order_id = any ($1::uuid[]) and status = 'paid'`,
    [uuidColumn(orderIds)],
  )
}

function toMovement(write: MovementWrite): MovementToStore {
  return { ...write, orderId: null }
}
