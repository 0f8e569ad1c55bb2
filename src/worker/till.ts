import { failed, type Result, success } from '#domain/failure.ts'
import type { OpenOrder } from '#domain/order.ts'
import type { Store } from '../storage/store.ts'
import { actNow } from './act.ts'
import type { DeviceApi } from './api.ts'
import type { Sold, TenderInput } from './api-selling.ts'
import { buildSale } from './build-sale.ts'
import type { ResidentCatalogue } from './catalogue.ts'
import type { Clock } from './dependencies.ts'
import type { Events } from './events.ts'
import { unlessFull } from './unless-full.ts'
import { withWholeCharacters } from './whole-characters.ts'

export type TillDependencies = {
  readonly store: Store
  readonly catalogue: Pick<ResidentCatalogue, 'list'>
  readonly events: Pick<Events, 'emit'>
  readonly clock: Clock
  readonly newId: () => string
  readonly wakeSync: () => void
}

type Till = Pick<
  DeviceApi,
  | 'saveOpenOrder'
  | 'loadOpenOrder'
  | 'parkOrder'
  | 'parkedOrders'
  | 'resumeOrder'
  | 'discardParkedOrder'
  | 'payOrder'
>

/** Open, parked and paid orders of this register. */
export function createTill(dependencies: TillDependencies): Till {
  const { store, events, clock, wakeSync } = dependencies
  const parkedChanged = (orderId: string): void => {
    events.emit({ topics: ['parked', 'status'], recordKeys: [['parked-order', orderId]] })
    wakeSync()
  }
  return {
    saveOpenOrder: (order) => store.saveOpenOrder(order, clock()),
    loadOpenOrder: () => store.loadOpenOrder(),
    parkOrder: async (order) => {
      if (order.lines.length === 0)
        return failed('park/empty', 'There is nothing to park.', 'Add an item first.')
      const parked = withWholeCharacters({ ...order, parkedAs: order.parkedAs ?? '' })
      return unlessFull(async () => {
        const isParked = await store.parkOrder(await actNow(dependencies), parked)
        parkedChanged(order.orderId)
        return isParked ? success(null) : paidAlready
      })
    },
    parkedOrders: () => listParkedCards(dependencies),
    resumeOrder: (orderId) =>
      unlessFull(async () => {
        const order = await store.resumeOrder(orderId)
        if (order === null) return notParked
        events.emit({ topics: ['parked'] })
        return success(order)
      }),
    discardParkedOrder: (orderId) =>
      unlessFull(async () => {
        await store.voidOrder(await actNow(dependencies), { orderId, reason: 'discarded', splitInto: [] })
        parkedChanged(orderId)
        return success(null)
      }),
    payOrder: (order, tenders) => payOrder(dependencies, order, tenders),
  }
}

async function listParkedCards({ store, catalogue }: TillDependencies) {
  const [install, parked, registers] = await Promise.all([
    store.loadInstall(),
    store.listParked(),
    catalogue.list('register'),
  ])
  const names = new Map(registers.map(({ registerId, name }) => [registerId, name]))
  return parked
    .toSorted((one, other) => one.parkedAt - other.parkedAt)
    .map((each) => ({
      ...each,
      isElsewhere: each.registerId !== install?.registerId,
      registerName: names.get(each.registerId) ?? '',
    }))
}

async function payOrder(
  { store, events, clock, newId, wakeSync }: TillDependencies,
  order: OpenOrder,
  tenders: readonly TenderInput[],
): Promise<Result<Sold>> {
  const [install, sync, session] = await Promise.all([
    store.loadInstall(),
    store.loadSync(),
    store.loadSession(),
  ])
  const place = install?.storeId ? await store.loadRecord('store', install.storeId) : null
  if (!install?.registerId || !place) return notARegister
  if (sync?.isRevoked) return takenOutOfUse
  const built = buildSale(order, tenders, {
    store: place,
    registerId: install.registerId,
    staffId: session?.staffId ?? null,
    now: clock(),
    newId,
  })
  if (!built.ok) return built
  return unlessFull(async () => {
    const sold = await store.commitSale(built.value)
    if (!sold.ok) return sold
    const recordKeys = [['parked-order', order.orderId]] as const
    events.emit({ topics: ['orders', 'status', 'sales', 'parked'], recordKeys })
    wakeSync()
    return sold
  })
}

export const notARegister = failed(
  'sale/not-a-register',
  'This device is not ready to sell.',
  'Enrol it as a register and wait for the first load.',
)

export const takenOutOfUse = failed(
  'device/revoked',
  'This device was taken out of use.',
  'Ask the owner. What it sold is safe and still arrives.',
)

const notParked = failed('park/gone', 'This order is not parked any more.', 'Look for it in the orders.')

const paidAlready = failed('park/paid', 'This order is paid already.', 'Look for it in the orders.')
