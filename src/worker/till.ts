import { failed, type Failure, type Result, success } from '#domain/failure.ts'
import type { OpenOrder } from '#domain/order.ts'
import { isOutOfSpace } from '../storage/room.ts'
import type { Store } from '../storage/store.ts'
import type { DeviceApi, Sold, TenderInput } from './api.ts'
import { buildSale } from './build-sale.ts'
import type { Clock } from './dependencies.ts'
import type { Events } from './events.ts'

type TillDependencies = {
  readonly store: Store
  readonly events: Events
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
  const { store, events } = dependencies
  const parkedChanged = (): void => events.emit({ topics: ['parked'] })
  return {
    saveOpenOrder: (order) => store.saveOpenOrder(order),
    loadOpenOrder: () => store.loadOpenOrder(),
    parkOrder: async (order) => {
      if (order.lines.length === 0)
        return failed('park/empty', 'There is nothing to park.', 'Add an item first.')
      await store.saveParked({ ...order, parkedAs: order.parkedAs ?? '' })
      parkedChanged()
      return success(null)
    },
    parkedOrders: async () => (await store.listParked()).sort((one, other) => one.openedAt - other.openedAt),
    resumeOrder: async (orderId) => {
      const order = await store.takeParked(orderId)
      if (order === null)
        return failed('park/gone', 'This order is not parked any more.', 'Look for it in the orders.')
      parkedChanged()
      return success(order)
    },
    discardParkedOrder: async (orderId) => {
      await store.deleteParked(orderId)
      parkedChanged()
    },
    payOrder: (order, tenders) => payOrder(dependencies, order, tenders),
  }
}

async function payOrder(
  { store, events, clock, newId, wakeSync }: TillDependencies,
  order: OpenOrder,
  tenders: readonly TenderInput[],
): Promise<Result<Sold>> {
  const [install, session] = await Promise.all([store.loadInstall(), store.loadSession()])
  const place = install?.storeId ? await store.loadRecord('store', install.storeId) : null
  if (!install?.registerId || !place) return notARegister
  const built = buildSale(order, tenders, {
    store: place,
    registerId: install.registerId,
    staffId: session?.staffId ?? null,
    now: clock(),
    newId,
  })
  if (!built.ok) return built
  try {
    const sold = await store.commitSale(built.value)
    events.emit({ topics: ['orders', 'status', 'sales', 'parked'] })
    wakeSync()
    return success(sold)
  } catch (error) {
    if (!isOutOfSpace(error)) throw error
    return { ok: false, failure: storageFull }
  }
}

const notARegister = failed(
  'sale/not-a-register',
  'This device is not ready to sell.',
  'Enrol it as a register and wait for the first load.',
)

const storageFull: Failure = failed(
  'storage/full',
  'This device has no room left. The order is not paid yet.',
  'Free some space on the device, then pay again.',
).failure
