import type { PaidOrder } from '#domain/order.ts'
import type { DemoShop, DemoStaff } from './make-shop.ts'
import type { Random } from './random.ts'
import type { DemoStore } from './stores.ts'

export type DemoShift = {
  readonly shiftId: string
  readonly storeId: string
  readonly registerId: string
  readonly openedAt: number
  /** This and all that follows but the float is null while the shift is open. */
  readonly closedAt: number | null
  readonly zNumber: number | null
  readonly orderCount: number | null
  readonly netMinor: number | null
  readonly openingFloatMinor: number
  readonly expectedCashMinor: number | null
  readonly countedCashMinor: number | null
}

/** One register on one day: who stands at it, its receipt numbers and the cash in it. */
export type Till = {
  readonly registerId: string
  /** What the next order of this till bears. */
  stampOf(
    occurredAt: number,
  ): Pick<PaidOrder, 'storeId' | 'registerId' | 'shiftId' | 'receiptNumber' | 'staffId'>
  /** Counts the order's cash. */
  take(order: PaidOrder): void
  /** The shift as it is at `now`; null before it was opened. */
  shiftAt(now: number): DemoShift | null
}

export type OpeningHours = { readonly opensAt: number; readonly closesAt: number }

/** The receipt series of a register and the last numbers that it gave out: to a receipt and to a closing. */
export type ReceiptRoll = { readonly series: number; lastNumber: number; lastZNumber: number }

/** Opens all tills of a store for a day; `rolls` are the registers' own and move on with each receipt. */
export function openTills(
  shop: DemoShop,
  { store, registers }: DemoStore,
  rolls: readonly ReceiptRoll[],
  hours: OpeningHours,
  random: Random,
): Till[] {
  const roster = rosterOf(shop, store.storeId, random)
  const staffAtTill = (place: number): DemoStaff => roster[place % roster.length]!
  return registers.map(({ registerId }, index) => {
    const openedAt = hours.opensAt - minuteMs * (8 + random.int(12))
    const changeAt = (hours.opensAt + hours.closesAt) / 2 + minuteMs * (random.int(60) - 30)
    const till = {
      shiftId: random.idAt(openedAt),
      storeId: store.storeId,
      registerId,
      openedAt,
      openingFloatMinor,
    }
    const closedAt = hours.closesAt + minuteMs * (6 + random.int(15))
    const overShortMinor = overShort(random)
    const roll = rolls[index]!
    const zNumber = (roll.lastZNumber += 1)
    const sums = { orderCount: 0, netMinor: 0 }
    let cashMinor = openingFloatMinor
    return {
      registerId,
      stampOf(occurredAt) {
        roll.lastNumber += 1
        return {
          storeId: store.storeId,
          registerId,
          shiftId: till.shiftId,
          receiptNumber: `${roll.series}-${roll.lastNumber}`,
          staffId: staffAtTill(2 * index + (occurredAt < changeAt ? 0 : 1)).staffId,
        }
      },
      take({ payments, totals }) {
        sums.orderCount += 1
        sums.netMinor += totals.netMinor
        for (const { tender, amountMinor } of payments) if (tender === 'cash') cashMinor += amountMinor
      },
      shiftAt(now) {
        if (now < openedAt) return null
        if (now < closedAt) return { ...till, ...stillOpen }
        return {
          ...till,
          ...sums,
          closedAt,
          zNumber,
          expectedCashMinor: cashMinor,
          countedCashMinor: Math.max(cashMinor + overShortMinor, 0),
        }
      },
    }
  })
}

const stillOpen = {
  closedAt: null,
  zNumber: null,
  orderCount: null,
  netMinor: null,
  expectedCashMinor: null,
  countedCashMinor: null,
}

const minuteMs = 60_000
const openingFloatMinor = 20_000

/** The store's own people in today's order; now and then a manager lends a hand. */
function rosterOf(shop: DemoShop, storeId: string, random: Random): DemoStaff[] {
  const own = shop.staff.filter(({ storeIds }) => storeIds.includes(storeId))
  const managers = shop.staff.filter(({ role }) => role === 'manager')
  const people = random.isChance(0.15) ? [...own, random.pick(managers)] : own
  return people
    .map((person) => ({ person, place: random.next() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ person }) => person)
}

/** Most tills are counted right; a wrong coin or note makes the rest. */
function overShort(random: Random): number {
  if (random.isChance(0.55)) return 0
  if (random.isChance(0.04)) return random.pick([-2000, -1000, 1000])
  return Math.round(random.bell() * 130)
}
