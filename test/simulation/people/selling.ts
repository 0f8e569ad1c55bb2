import type { OpenOrder } from '#domain/order.ts'
import { installOf, journalOf, metaOf } from '../device/device.ts'
import { actOf, type Deed, deviceNow, perform } from './deed.ts'
import { paidFor, ringUp, shownParked } from './orders.ts'
import type { Tab } from '../device/device.ts'
import { storeIds } from '../shop.ts'
import type { World } from '../world.ts'

const isOk = (answer: { readonly ok: boolean }): boolean => answer.ok

export const sell: Deed = (world, tab) => pay(world, tab, ringUp(world, tab), 'sale')

/** The order stays on the screen for a while before it is paid; a tab that dies meanwhile leaves it there. */
export const sellSlowly: Deed = (world, tab) => {
  const open = openOrderOf(tab)
  if (open) return pay(world, tab, open, 'sale of the open order')
  const order = ringUp(world, tab)
  void tab.store.saveOpenOrder(order, deviceNow(world, tab)).catch(() => undefined)
}

/** Two tabs, or one impatient finger, pay the same order. */
export const payTwice: Deed = (world, tab) => {
  const order = ringUp(world, tab)
  const other = world.chance().pick(tab.device.tabs)
  pay(world, tab, order, 'sale paid twice here')
  pay(world, other, order, 'sale paid twice here')
}

function pay(world: World, tab: Tab, order: OpenOrder, what: string): void {
  const sale = paidFor(world, tab, order)
  if (!sale) return
  const { storeId, businessDay, businessHour } = sale.order
  if (storeId === storeIds[0] && businessDay === '2026-11-01' && businessHour === 1)
    world.coverage.count('deed: sale in the hour that comes twice')
  perform(
    world,
    tab,
    what,
    sale.opId,
    () => tab.store.commitSale(sale),
    (answer) => {
      // An order that was paid before answers with the operation of then.
      if (answer.ok && answer.value.order.payments[0]?.paymentId !== sale.order.payments[0]?.paymentId)
        return false
      return isOk(answer)
    },
  )
}

export const park: Deed = (world, tab) => {
  if (!canSell(tab)) return
  const open = openOrderOf(tab)
  const order = { ...(open ?? ringUp(world, tab)), parkedAs: 'Table 1' }
  const act = actOf(world, tab)
  perform(world, tab, 'park', act.opId, () => tab.store.parkOrder(act, order), Boolean)
}

/** Of the store's list, whoever parked it. */
export const resume: Deed = (world, tab) => {
  const parked = shownParked(tab)
  if (parked.length === 0 || !canSell(tab)) return
  const { id } = world.chance().pick(parked)
  world.coverage.count('deed: resume')
  void tab.store.resumeOrder(id).catch(() => undefined)
}

/** Right from the list: another register may be doing the same at this moment. */
export const payParked: Deed = (world, tab) => {
  const parked = shownParked(tab)
  if (parked.length === 0) return
  pay(world, tab, { ...world.chance().pick(parked).doc.order, parkedAs: null }, 'sale of a parked order')
}

/** Two registers take money for one parked order, or one takes it while the other voids or parks it again. */
export const payOnTwoDevices: Deed = (world, tab) => {
  const chance = world.chance()
  const others = world.devices.filter(
    (device) => device !== tab.device && installOf(device)?.storeId === installOf(tab.device)?.storeId,
  )
  if (!canSell(tab)) return
  const mine = shownParked(tab)
  const other = others.flatMap(({ tabs }) => tabs.slice(0, 1)).find((each) => shownParked(each).length > 0)
  const shared = mine.find(({ id }) => other && shownParked(other).some((each) => each.id === id))
  if (!shared || !other) return
  const order = { ...shared.doc.order, parkedAs: null }
  pay(world, tab, order, 'sale of a parked order')
  if (!chance.oneIn(3)) return pay(world, other, order, 'sale of a parked order')
  const act = actOf(world, other)
  const again = { ...order, parkedAs: 'Table 2' }
  perform(world, other, 'park', act.opId, () => other.store.parkOrder(act, again), Boolean)
}

export const voidParked: Deed = (world, tab) => {
  const parked = shownParked(tab)
  if (parked.length === 0 || !canSell(tab)) return
  const { id } = world.chance().pick(parked)
  const act = actOf(world, tab)
  const voided = { orderId: id, reason: 'left', splitInto: [] }
  perform(
    world,
    tab,
    'void',
    act.opId,
    () => tab.store.voidOrder(act, voided),
    () => isJournalled(world, act),
  )
}

/** A party pays apart: the parked order goes, its lines become two others. */
export const splitParked: Deed = (world, tab) => {
  const parked = shownParked(tab)
  if (parked.length === 0 || !canSell(tab)) return
  const { id, doc } = world.chance().pick(parked)
  const halves = [doc.order.lines.slice(0, 1), doc.order.lines.slice(1)].filter((lines) => lines.length > 0)
  const orders = halves.map((lines): OpenOrder => ({
    ...doc.order,
    orderId: world.newId(),
    lines,
    parkedAs: null,
  }))
  const act = actOf(world, tab)
  const voided = { orderId: id, reason: 'split', splitInto: orders.map((order) => order.orderId) }
  perform(
    world,
    tab,
    'split',
    act.opId,
    () => tab.store.voidOrder(act, voided),
    () => isJournalled(world, act),
  )
  for (const order of orders) pay(world, tab, order, 'sale of a split order')
}

/** Nothing is, where the order had gone meanwhile. */
function isJournalled({ ledger }: World, { opId }: { readonly opId: string }): boolean {
  return ledger.durable.has(opId)
}

function canSell(tab: Tab): boolean {
  return metaOf(tab.device.disk, 'install')?.registerId != null
}

function openOrderOf(tab: Tab): OpenOrder | null {
  const order = metaOf(tab.device.disk, 'openOrder')
  return order?.orderId === journalOf(tab.device)?.openOrder?.orderId ? order : null
}
