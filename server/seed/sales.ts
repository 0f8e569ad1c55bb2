import { addDays, businessTime, eachDay } from '#domain/business-time.ts'
import type { PaidOrder } from '#domain/order.ts'
import { priceOrder } from '#domain/price-order.ts'
import { fillBasket, menuOf, orderDiscountOf } from './basket.ts'
import type { DayMenu } from './basket.ts'
import { hourlyDemand } from './demand.ts'
import type { DayDemand } from './demand.ts'
import type { DemoShop } from './make-shop.ts'
import { createRandom, runningSumsOf } from './random.ts'
import type { Random } from './random.ts'
import { makeRefund, planRefund } from './refunds.ts'
import type { PlannedRefund } from './refunds.ts'
import { settleSale } from './settle.ts'
import { startOfHour } from './store-clock.ts'
import type { DemoStore } from './stores.ts'
import { openTills } from './tills.ts'
import type { DemoShift, ReceiptRoll, Till } from './tills.ts'

export type SalesPlan = {
  readonly shop: DemoShop
  /** The last moment that sales may lie at. */
  readonly now: number
  /** How far back they go, today included. */
  readonly days: number
  /** How many there are in all, about, were today over. */
  readonly orders: number
  /** Receipt series of the first register; the others have those after it. */
  readonly firstReceiptSeries: number
}

export type DayOfSales = {
  readonly day: string
  /** In each store in the order of their time. */
  readonly orders: readonly PaidOrder[]
  readonly shifts: readonly DemoShift[]
}

/**
 * The history of the shop, day by day. The same plan gives the same sales, and a later `now` on the same day gives the
 * same ones and those since.
 */
export function* generateSales({
  shop,
  now,
  days,
  orders,
  firstReceiptSeries,
}: SalesPlan): Generator<DayOfSales> {
  const today = businessTime(now, shop.stores[0]!.store.timeZone).day
  const allDays = eachDay(addDays(today, 1 - days), today)
  const demandOf = (at: DemoStore): DayDemand[] =>
    allDays.map((day) => hourlyDemand(shop.seed, at.profile, day, allDays[0]!))
  let series = firstReceiptSeries
  const histories = shop.stores.map((at): StoreHistory => ({
    at,
    demand: demandOf(at),
    rolls: at.registers.map(() => ({ series: series++, lastNumber: 0, lastZNumber: 0 })),
    refundsToCome: [],
  }))
  const ordersPerUnit =
    orders / sumOf(histories.flatMap(({ demand }) => demand.flatMap(({ perHour }) => perHour)))

  for (const [index, day] of allDays.entries()) {
    const menu = menuOf(shop.catalogue, day)
    const sold = histories.map((history) =>
      sellForADay(shop, history, { menu, now, busy: history.demand[index]!, ordersPerUnit }),
    )
    yield { day, orders: sold.flatMap((each) => each.orders), shifts: sold.flatMap((each) => each.shifts) }
  }
}

type StoreHistory = {
  readonly at: DemoStore
  readonly demand: readonly DayDemand[]
  readonly rolls: readonly ReceiptRoll[]
  refundsToCome: PlannedRefund[]
}

type DayPlan = {
  readonly menu: DayMenu
  readonly now: number
  readonly busy: DayDemand
  readonly ordersPerUnit: number
}

type Sold = Pick<DayOfSales, 'orders' | 'shifts'>

function sellForADay(
  shop: DemoShop,
  history: StoreHistory,
  { menu, now, busy, ordersPerUnit }: DayPlan,
): Sold {
  const { at, rolls } = history
  const { timeZone, name } = at.store
  const random = createRandom(shop.seed, 'sales', name, menu.day)
  const hours = busy.perHour.map((trade, index) => ({
    hour: busy.opensAt + index,
    startsAt: startOfHour(menu.day, busy.opensAt + index, timeZone),
    // Rounded up or down by chance, so that quiet hours come out right on the whole.
    sales: Math.floor(trade * ordersPerUnit + random.next()),
  }))
  const opensAt = hours[0]!.startsAt
  const closesAt = hours.at(-1)!.startsAt + hourMs
  const tills = openTills(shop, at, rolls, { opensAt, closesAt }, random)
  const tillSums = runningSumsOf(at.profile.registers.map(([, busyness]) => busyness))
  const moments = hours.flatMap(({ hour, startsAt, sales }) =>
    Array.from({ length: sales }, () => startsAt + random.int(hourMs))
      .toSorted((a, b) => a - b)
      .map((occurredAt): Moment => ({ occurredAt, businessDay: menu.day, businessHour: hour })),
  )

  const orders: PaidOrder[] = []
  const ring = (till: Till, order: PaidOrder): void => {
    till.take(order)
    orders.push(order)
  }
  for (const moment of moments) {
    if (moment.occurredAt > now) break
    for (const { sale } of takeDue(history, moment.occurredAt)) {
      const till = tills.find(({ registerId }) => registerId === sale.registerId)!
      ring(till, makeRefund(sale, { ...moment, ...till.stampOf(moment.occurredAt) }))
    }
    const till = tills[random.weighted(tillSums)]!
    const sale = sell(shop, at, till, { menu, moment }, random)
    ring(till, sale)
    const refund = planRefund(sale, random)
    if (refund) history.refundsToCome.push(refund)
  }
  return { orders, shifts: tills.flatMap((till) => till.shiftAt(now) ?? []) }
}

type Moment = Pick<PaidOrder, 'occurredAt' | 'businessDay' | 'businessHour'>

const hourMs = 60 * 60 * 1000

function takeDue(history: StoreHistory, now: number): PlannedRefund[] {
  const due = history.refundsToCome.filter(({ dueAt }) => dueAt <= now)
  if (due.length > 0) history.refundsToCome = history.refundsToCome.filter(({ dueAt }) => dueAt > now)
  return due
}

type Visit = { readonly menu: DayMenu; readonly moment: Moment }

function sell(
  shop: DemoShop,
  { store }: DemoStore,
  till: Till,
  { menu, moment }: Visit,
  random: Random,
): PaidOrder {
  const { occurredAt } = moment
  const orderDiscount = orderDiscountOf(random)
  const { lines, totals } = priceOrder(
    { lines: fillBasket(menu, moment.businessHour, occurredAt, random), orderDiscount },
    store.pricing,
  )
  return {
    orderId: random.idAt(occurredAt),
    ...till.stampOf(occurredAt),
    ...moment,
    status: 'paid',
    customerId: random.isChance(0.22) ? customerOf(shop, random) : null,
    refundOf: null,
    pricing: store.pricing,
    lines,
    orderDiscount,
    totals,
    ...settleSale(totals.totalMinor, store.pricing.currency, occurredAt, random),
    movements: lines.flatMap(({ productId, variantId, quantityMilli, isStockTracked }) =>
      isStockTracked && productId !== null
        ? [{ movementId: random.idAt(occurredAt), productId, variantId, quantityMilli: 0 - quantityMilli }]
        : [],
    ),
    note: null,
  }
}

/** A few regulars come far more often than the others. */
function customerOf({ customers }: DemoShop, random: Random): string {
  return customers[Math.floor(customers.length * random.next() ** 2)]!.customerId
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0)
}
