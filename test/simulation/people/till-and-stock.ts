import type { Task } from '#domain/catalogue.ts'
import { installOf, journalOf } from '../device/device.ts'
import { productIds, staffIds, storeIds, variantIds } from '../shop.ts'
import { actOf, type Deed, deviceNow, perform } from './deed.ts'
import { shownRecords } from './orders.ts'

export const closeShift: Deed = (world, tab) => {
  const shift = journalOf(tab.device)?.openShift
  if (!shift) return
  const timeZone = shift.storeId === storeIds[0] ? 'America/New_York' : 'Europe/Berlin'
  if (dayIn(timeZone, shift.openedAt) < dayIn(timeZone, deviceNow(world, tab)))
    world.coverage.count('deed: shift over midnight')
  const act = actOf(world, tab)
  const countedMinor = world.chance().int(50_000)
  perform(world, tab, 'shift close', act.opId, () => tab.store.closeShift(act, countedMinor), Boolean)
}

function dayIn(timeZone: string, at: number): string {
  return new Date(at).toLocaleDateString('sv', { timeZone })
}

export const moveCash: Deed = (world, tab) => {
  if (!installOf(tab.device)?.registerId) return
  const chance = world.chance()
  const act = actOf(world, tab)
  const move = {
    cashMovementId: world.newId(),
    kind: chance.pick(['paid-in', 'paid-out', 'cash-drop'] as const),
    amountMinor: 1 + chance.int(10_000),
    reason: 'change',
    newShift: { shiftId: world.newId(), opId: world.newId() },
  }
  perform(
    world,
    tab,
    'cash moved',
    act.opId,
    () => tab.store.moveCash(act, move),
    () => true,
  )
}

/** Of what sells at the same moment; a few are left at most, so that the last one can be sold twice. */
export const countStock: Deed = (world, tab) => {
  const place = stockPlace(world, tab)
  const act = actOf(world, tab)
  const countedMilli = 1000 * world.chance().int(6)
  perform(
    world,
    tab,
    'count',
    act.opId,
    () => tab.store.countStock(act, place, countedMilli),
    () => true,
  )
}

export const receiveStock: Deed = (world, tab) => {
  const chance = world.chance()
  const act = actOf(world, tab)
  const isIn = chance.oneIn(2)
  const move = {
    ...stockPlace(world, tab),
    quantityMilli: (isIn ? 1000 : -1000) * (1 + chance.int(5)),
    reason: isIn ? ('received' as const) : ('written-off' as const),
    note: null,
  }
  perform(
    world,
    tab,
    'stock moved',
    act.opId,
    () => tab.store.moveStock(act, move),
    () => true,
  )
}

const stockPlace = (world: Parameters<Deed>[0], tab: Parameters<Deed>[1]) => {
  const index = world.chance().int(2)
  return {
    movementId: world.newId(),
    storeId: installOf(tab.device)?.storeId ?? storeIds[0],
    productId: productIds[index]!,
    variantId: variantIds[index]!,
  }
}

export const finishTask: Deed = (world, tab) => {
  const open = shownRecords<Task>(tab, 'task').filter(({ doc }) => doc.state === 'open')
  if (open.length === 0) return
  const act = actOf(world, tab)
  const { id } = world.chance().pick(open)
  perform(world, tab, 'task done', act.opId, () => tab.store.finishTask(act, id), Boolean)
}

export const signInAsSomeoneElse: Deed = (world, tab) => {
  tab.staffId = world.chance().oneIn(6) ? null : world.chance().pick(staffIds)
  world.coverage.count('deed: sign in as someone else')
}
