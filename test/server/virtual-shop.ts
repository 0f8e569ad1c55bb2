import { randomBytes, randomUUID, webcrypto } from 'node:crypto'
import type { Product, Store } from '#domain/catalogue.ts'
import { uuidV7 } from '#domain/id.ts'
import type { Discount, OrderLineInput, PaidOrder, PricingRules } from '#domain/order.ts'
import { priceOrder } from '#domain/price-order.ts'
import type { PublicKey } from '#protocol/enrolment.ts'
import type { PushRequest } from '#protocol/push.ts'
import { appendOperation, emptyJournal } from '#sync/journal.ts'
import type { JournalHead, Operation } from '#sync/operation.ts'
import type { Database } from '../../server/database/pool.ts'
import { listRecords, writeRecords } from '../../server/database/write-records.ts'
import { createEnrolmentCode, enrol } from '../../server/office/enrolment.ts'
import { setUpBusiness } from '../../server/office/set-up.ts'

export type Shop = {
  readonly tenantId: string
  readonly store: Store
  readonly registerId: string
  readonly staffId: string
  readonly products: readonly Product[]
}

export const aBusiness = {
  businessName: 'Test Coffee',
  locale: 'en-US',
  ownerName: 'Olga Owner',
  email: 'olga@example.com',
  password: 'correct horse battery',
  pin: '4711',
  storeName: 'Main Street',
  timeZone: 'America/New_York',
  currencyCode: 'USD',
  taxMode: 'exclusive',
  taxName: 'Sales tax',
  taxRateBasisPoints: 825,
} as const

/** A business set up as the owner would, with three products. */
export async function openShop(database: Database): Promise<Shop> {
  const created = await setUpBusiness(database, aBusiness)
  if (!created.ok) throw new Error(created.failure.sentence)
  const { tenantId } = created.value
  return database.asTenant(tenantId, async (tx) => {
    const products = [
      ['Latte', 450],
      ['Croissant', 375],
      ['Beans 250 g', 1650],
    ].map(([name, priceMinor]): Product => {
      const productId = randomUUID()
      const variant = {
        variantId: randomUUID(),
        name: '',
        sku: null,
        barcodes: [],
        priceMinor: priceMinor as number,
      }
      return {
        productId,
        name: name as string,
        categoryId: null,
        taxClassId: null,
        variants: [variant],
        modifierSetIds: [],
        picture: null,
        isStockTracked: true,
        favouritePosition: null,
        isActive: true,
      }
    })
    await tx.query('select next_version($1)', [tenantId])
    await writeRecords(
      tx,
      products.map((doc) => ({ kind: 'product', id: doc.productId, doc })),
    )
    const [store] = await listRecords(tx, 'store')
    const [register] = await listRecords(tx, 'register')
    const [owner] = await listRecords(tx, 'staff')
    return { tenantId, store: store!, registerId: register!.registerId, staffId: owner!.staffId, products }
  })
}

export type SaleOptions = {
  readonly businessDay?: string
  readonly businessHour?: number
  readonly quantity?: number
  readonly productIndex?: number
  readonly orderDiscount?: Discount
  readonly productId?: string
}

/** A register that speaks the real protocol: real keys, journal, hashes and signatures. */
export async function enrolRegister(database: Database, shop: Shop): Promise<VirtualRegister> {
  const code = await createEnrolmentCode(database, shop.tenantId, shop.registerId)
  if (!code.ok) throw new Error(code.failure.sentence)
  const keys = (await webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
    'sign',
  ])) as CryptoKeyPair
  const installId = randomUUID()
  const publicKey = (await webcrypto.subtle.exportKey('jwk', keys.publicKey)) as PublicKey
  const enrolled = await enrol(database, { code: code.value.code, installId, publicKey })
  if (!enrolled.ok) throw new Error(enrolled.failure.sentence)
  return new VirtualRegister(shop, installId, keys.privateKey, enrolled.value.receiptSeries!)
}

export class VirtualRegister {
  readonly shop: Shop
  readonly installId: string
  readonly journal: Operation[] = []
  readonly orders: PaidOrder[] = []
  readonly #privateKey: CryptoKey
  readonly #series: number
  head: JournalHead

  constructor(shop: Shop, installId: string, privateKey: CryptoKey, series: number) {
    this.shop = shop
    this.installId = installId
    this.#privateKey = privateKey
    this.#series = series
    this.head = emptyJournal(installId)
  }

  append(kind: string, payload: unknown, opId: string = randomUUID()): Operation {
    const { operation, head } = appendOperation(this.head, {
      opId,
      installId: this.installId,
      kind,
      kindVersion: 1,
      actorId: this.shop.staffId,
      occurredAt: Date.now(),
      payload,
    })
    this.head = head
    this.journal.push(operation)
    return operation
  }

  sell(options: SaleOptions = {}): PaidOrder {
    const order = this.buildOrder(options)
    this.orders.push(order)
    this.append('order.paid', order)
    return order
  }

  buildOrder({
    businessDay = '2026-11-20',
    businessHour = 9,
    quantity = 1,
    productIndex = 0,
    ...more
  }: SaleOptions): PaidOrder {
    const { store, registerId, staffId, products } = this.shop
    const product = products[productIndex]!
    const lines: OrderLineInput[] = [
      {
        lineId: newId(),
        productId: more.productId ?? product.productId,
        variantId: product.variants[0]!.variantId,
        categoryId: null,
        name: product.name,
        variantName: null,
        sku: null,
        quantityMilli: quantity * 1000,
        unitPriceMinor: product.variants[0]!.priceMinor,
        modifiers: [],
        discount: null,
        taxRates: [{ taxRateId: 'tax', name: 'Sales tax', rateBasisPoints: 825, isCompound: false }],
        note: null,
        catalogueVersion: 2,
        isStockTracked: true,
      },
    ]
    const pricing: PricingRules = store.pricing
    const orderDiscount = more.orderDiscount ?? null
    const priced = priceOrder({ lines, orderDiscount }, pricing)
    const due = priced.totals.totalMinor
    return {
      orderId: newId(),
      storeId: store.storeId,
      registerId,
      shiftId: null,
      receiptNumber: `${this.#series}-${this.orders.length + 1}`,
      status: 'paid',
      occurredAt: Date.now(),
      businessDay,
      businessHour,
      staffId,
      customerId: null,
      refundOf: null,
      pricing,
      ...priced,
      orderDiscount,
      cashRoundingMinor: 0,
      payments: [
        { paymentId: newId(), tender: 'cash', amountMinor: due, tenderedMinor: due, changeMinor: 0 },
      ],
      movements: [
        {
          movementId: newId(),
          productId: product.productId,
          variantId: null,
          quantityMilli: -quantity * 1000,
        },
      ],
      note: null,
    }
  }

  /** A signed batch of the journal from `firstSeq` to `lastSeq`. */
  async batch(firstSeq = 1, lastSeq = this.head.seq): Promise<PushRequest> {
    const operations = this.journal.filter(
      (operation) => operation.seq >= firstSeq && operation.seq <= lastSeq,
    )
    return {
      protocol: 1,
      installId: this.installId,
      operations: operations.map(({ installId: _, ...wire }) => wire),
      signature: await this.sign(`evertill-push:${operations.at(-1)!.chain}`),
    }
  }

  async sign(message: string): Promise<string> {
    const signature = await webcrypto.subtle.sign(
      { name: 'ECDSA', hash: 'SHA-256' },
      this.#privateKey,
      new TextEncoder().encode(message),
    )
    return Buffer.from(signature).toString('base64url')
  }
}

function newId(): string {
  return uuidV7(Date.now(), randomBytes(16))
}
