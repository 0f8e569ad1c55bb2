import { randomBytes } from 'node:crypto'
import { businessTime } from '#domain/business-time.ts'
import { uuidV7 } from '#domain/id.ts'
import type { PaidOrder, PricedOrder, TenderKind } from '#domain/order.ts'
import { priceOrder } from '#domain/price-order.ts'
import type { PushRequest } from '#protocol/push.ts'
import { MOST_OPERATIONS_A_BATCH } from '#protocol/push.ts'
import { samplePricing } from '../bench/sample-order.ts'
import type { Shop, VirtualRegister } from '../server/virtual-shop.ts'
import { type Chance, chanceOf } from '../simulation/chance.ts'
import { addSale, type Ledger, newLedger } from './ledger.ts'

/** A register that comes back: everything it sold is packed and signed. */
export type Returning = {
  readonly register: VirtualRegister
  readonly batches: readonly PushRequest[]
}

export type Herd = { readonly returning: readonly Returning[]; readonly ledger: Ledger }

const minuteMs = 60_000
const templateCount = 60
const salesTax = { taxRateId: 'tax', name: 'Sales tax', rateBasisPoints: 825, isCompound: false }

/**
 * Has every register open a shift and sell `unsent` times while it is offline, one sale a minute until now. What a journal held is
 * dropped once it is packed, so that a thousand registers fit into memory.
 */
export async function prepareHerd(
  registers: readonly VirtualRegister[],
  { unsent, seed, now }: { readonly unsent: number; readonly seed: number; readonly now: number },
): Promise<Herd> {
  const ledger = newLedger()
  const templates = makeTemplates(registers[0]!.shop, chanceOf(seed))
  const returning: Returning[] = []
  for (const [at, register] of registers.entries()) {
    sellOffline(register, { unsent, now, ledger, templates, chance: chanceOf(seed, at + 1) })
    returning.push({ register, batches: await packJournal(register) })
    ledger.journals.push({ installId: register.installId, head: register.head })
    register.journal.length = 0
  }
  return { returning, ledger }
}

type Selling = {
  readonly unsent: number
  readonly now: number
  readonly ledger: Ledger
  readonly templates: readonly PricedOrder[]
  readonly chance: Chance
}

function sellOffline(register: VirtualRegister, { unsent, now, ledger, templates, chance }: Selling): void {
  const { store, registerId } = register.shop
  const openedAt = now - unsent * minuteMs
  const shiftId = newId(openedAt)
  const opened = { shiftId, storeId: store.storeId, registerId, openedAt, openingFloatMinor: 10_000 }
  register.append('shift.opened', opened, newId(openedAt))
  for (let sale = 1; sale <= unsent; sale += 1) {
    const occurredAt = openedAt + sale * minuteMs
    const tender = chance.oneIn(3) ? 'cash' : 'card'
    const order = { ...aSale(register, chance.pick(templates), occurredAt, tender), shiftId }
    register.append('order.paid', order, newId(occurredAt))
    addSale(ledger, order)
  }
}

/** One to three lines each, priced once: a sale takes one over under ids of its own. */
function makeTemplates({ products }: Shop, chance: Chance): PricedOrder[] {
  return Array.from({ length: templateCount }, () => {
    const lines = Array.from({ length: 1 + chance.int(3) }, () => {
      const product = chance.pick(products)
      const [variant] = product.variants
      return {
        lineId: '',
        productId: product.productId,
        variantId: variant!.variantId,
        categoryId: null,
        name: product.name,
        variantName: null,
        sku: null,
        quantityMilli: (1 + chance.int(3)) * 1000,
        unitPriceMinor: variant!.priceMinor,
        modifiers: [],
        discount: null,
        taxRates: [salesTax],
        note: null,
        catalogueVersion: 1,
        isStockTracked: true,
      }
    })
    return priceOrder({ lines, orderDiscount: null }, samplePricing)
  })
}

function aSale(
  register: VirtualRegister,
  { lines, totals }: PricedOrder,
  occurredAt: number,
  tender: TenderKind,
): PaidOrder {
  const { day, hour } = businessTime(occurredAt, register.shop.store.timeZone)
  const due = totals.totalMinor
  return {
    ...register.buildOrder({ businessDay: day, businessHour: hour }),
    orderId: newId(occurredAt),
    occurredAt,
    lines: lines.map((line) => ({ ...line, lineId: newId(occurredAt) })),
    totals,
    payments: [
      { paymentId: newId(occurredAt), tender, amountMinor: due, tenderedMinor: due, changeMinor: 0 },
    ],
    movements: lines.map(({ productId, variantId, quantityMilli }) => ({
      movementId: newId(occurredAt),
      productId: productId!,
      variantId,
      quantityMilli: -quantityMilli,
    })),
  }
}

async function packJournal(register: VirtualRegister): Promise<PushRequest[]> {
  const batches: PushRequest[] = []
  const { seq } = register.head
  for (let first = 1; first <= seq; first += MOST_OPERATIONS_A_BATCH)
    batches.push(await register.batch(first, Math.min(first + MOST_OPERATIONS_A_BATCH - 1, seq)))
  return batches
}

function newId(atMs: number): string {
  return uuidV7(atMs, randomBytes(16))
}
