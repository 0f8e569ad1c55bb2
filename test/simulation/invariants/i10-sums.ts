import { canonicalJson } from '#sync/canonical-json.ts'
import { addCells, cellsOfOrder, type CellSums, listCells } from '#domain/reduce-sales.ts'
import type { PaidOrder } from '#domain/order.ts'
import type { CashMoved, ShiftClosed } from '#protocol/facts.ts'
import type { Operation } from '#sync/operation.ts'
import { type Device, journalOf, rowsOn } from '../device/device.ts'
import { shiftSums } from '../server/known-rows.ts'
import type { ServerView } from '../server/memory-database.ts'
import type { World } from '../world.ts'
import type { Invariant, ServerChanges } from './invariant.ts'

export const sums: Invariant = {
  rule: 'I10',
  says: 'stock = Σ movements; drawer = float + Σ cash; Z = Σ its facts; dashboard = Σ orders',
  watch: (world, watch) => {
    watch.onDiskCommit((device, changes) => {
      if (changes.has('journal')) checkTill(world, device)
    })
    const view = world.database?.view
    if (!view) return
    watch.onServerCommit((changes) => checkStock(world, view, changes))
    watch.atRest(() => {
      checkSegments(world, view)
      checkZs(world, view)
    })
  },
}

function checkStock(world: World, view: ServerView, changes: ServerChanges): void {
  const keys = changes.get('stock')
  if (!keys) return
  const levels = new Map<string, number>()
  for (const [, { stockKey, quantityMilli }] of view.list('movements'))
    levels.set(stockKey, (levels.get(stockKey) ?? 0) + quantityMilli)
  for (const key of keys.keys()) {
    const levelMilli = view.get('stock', key)?.levelMilli
    if (levelMilli !== levels.get(key))
      world.fail('I10', `stock of ${key} is ${levelMilli}, its movements are ${levels.get(key)}`)
  }
}

/** The open shift on the device is the sum of what was journalled for it. */
function checkTill(world: World, device: Device): void {
  const shift = journalOf(device)?.openShift
  if (!shift) return
  let [orderCount, netMinor, cashMinor, movedMinor] = [0, 0, 0, 0]
  for (const { kind, payload } of rowsOn<Operation>(device.disk, 'journal')) {
    if (!payload.includes(shift.shiftId)) continue
    if (kind === 'order.paid') {
      const { totals, payments } = JSON.parse(payload) as PaidOrder
      orderCount += 1
      netMinor += totals.netMinor
      for (const { tender, amountMinor } of payments) if (tender === 'cash') cashMinor += amountMinor
    } else if (kind === 'cash.moved') {
      const { kind: way, amountMinor } = JSON.parse(payload) as CashMoved
      movedMinor += way === 'paid-in' ? amountMinor : -amountMinor
    }
  }
  const held = [shift.orderCount, shift.netMinor, shift.cashMinor, shift.cashMovedMinor]
  if (held.join() !== [orderCount, netMinor, cashMinor, movedMinor].join())
    world.fail(
      'I10',
      `${device.name}: the open shift says ${held.join()}, its facts ${orderCount},${netMinor},${cashMinor},${movedMinor}`,
    )
}

function checkSegments(world: World, view: ServerView): void {
  const months = new Map<string, CellSums>()
  const monthOf = (storeId: string, day: string): CellSums => {
    const key = `${storeId}/${day.slice(0, 7)}`
    const held = months.get(key) ?? { hours: new Map(), products: new Map(), tenders: new Map() }
    months.set(key, held)
    return held
  }
  for (const [, { order }] of view.list('orders'))
    addCells(monthOf(order.storeId, order.businessDay), cellsOfOrder(order))
  for (const operation of world.ledger.durable.values()) {
    const key = view.get('operationIds', operation.opId)
    const flags = key === undefined ? [] : (view.get('operations', key)?.result.flags ?? [])
    if (!flags.includes('overpaid-order')) continue
    const { payments, businessDay: day, storeId } = JSON.parse(operation.payload) as PaidOrder
    const tenders = payments
      .filter(({ paymentId }) => view.get('payments', paymentId)?.isExtra)
      .map(({ tender, amountMinor }) => ({ day, tender, payments: 1, amountMinor }))
    addCells(monthOf(storeId, day), { hours: [], products: [], tenders })
  }
  for (const [key, cells] of months)
    if (canonicalJson(view.get('segments', key)?.cells) !== canonicalJson(listCells(cells)))
      world.fail('I10', `the segment ${key} is not the sum of its orders`)
}

/** What a Z says holds for ever, unless the server found at once that it differs. */
function checkZs(world: World, view: ServerView): void {
  for (const [, { operation, result, isRepeat }] of view.list('operations')) {
    if (
      operation.kind !== 'shift.closed' ||
      // [P3] What another journal brings once more took effect, and got its flags, where it came first.
      isRepeat ||
      result.status !== 'applied' ||
      // [R6] The first close stands; a copy's is another, and flagged.
      result.flags.includes('totals-differ') ||
      result.flags.includes('closed-shift')
    )
      continue
    const z = JSON.parse(operation.payload) as ShiftClosed
    const shift = view.get('shifts', z.shiftId)
    if (!shift) return world.fail('I10', `shift ${z.shiftId} was closed and is not there`)
    const held = shiftSums(view, shift)
    const [said, found] = [
      [z.orderCount, z.netMinor, z.expectedCashMinor],
      [held.orderCount, held.netMinor, held.expectedCashMinor],
    ]
    if (said.join() !== found.join())
      world.fail('I10', `Z of ${z.shiftId} says ${said.join()}, its facts ${found.join()}`)
  }
}
