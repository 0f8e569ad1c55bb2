import { wrap } from 'comlink'
import { sendUnsent } from '../../src/service-worker/send-unsent.ts'
import type { DeviceApi } from '../../src/worker/api.ts'
import type { Result } from '#domain/failure.ts'
import type { OpenOrder } from '#domain/order.ts'

/** What the tests call in the page: the real worker, without screens. */
const business = {
  businessName: 'Corner',
  ownerName: 'Ada Owner',
  email: 'ada@example.com',
  password: 'a long enough password',
  pin: '4711',
  storeName: 'Corner',
  timeZone: 'America/New_York',
  currencyCode: 'USD',
  taxMode: 'inclusive',
  taxName: '',
  taxRateBasisPoints: 0,
  locale: 'en-US',
} as const

const worker = new Worker('/device-test/worker.js', { type: 'module' })
/** As the screens have it, but for what Comlink says of types with parameters. */
const device = wrap<DeviceApi>(worker) as unknown as DeviceApi
/** As when no tab is open any more. */
const endWorker = (): void => worker.terminate()

const devicePage = { business, device, endWorker, orderOf, pay, sendUnsent, valueOf }

export type DevicePage = typeof devicePage

Object.assign(globalThis, { devicePage })

/** What a call answers where it must not fail. */
function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.failure.code)
  return result.value
}

/** An order of open items, 3.00 each. */
function orderOf(items: number): OpenOrder {
  return {
    orderId: crypto.randomUUID(),
    openedAt: Date.now(),
    lines: Array.from({ length: items }, (_, index) => ({
      lineId: crypto.randomUUID(),
      productId: null,
      variantId: null,
      categoryId: null,
      name: `Item ${index}`,
      variantName: null,
      sku: null,
      quantityMilli: 1000,
      unitPriceMinor: 300,
      modifiers: [],
      discount: null,
      taxRates: [],
      note: null,
      catalogueVersion: 1,
      isStockTracked: false,
    })),
    orderDiscount: null,
    customerId: null,
    note: null,
    parkedAs: null,
  }
}

/** Sells `count` orders of one item each, one after another; answers their receipt numbers. */
async function pay(device: DeviceApi, count: number): Promise<string[]> {
  const numbers: string[] = []
  for (let sold = 0; sold < count; sold += 1) {
    const paid = await device.payOrder(orderOf(1), [{ tender: 'card', amountMinor: 300, tenderedMinor: 300 }])
    numbers.push(valueOf(paid).order.receiptNumber)
  }
  return numbers
}
