import { randomBytes, randomUUID, webcrypto } from 'node:crypto'
import type { Product, Store } from '#domain/catalogue.ts'
import { uuidV7 } from '#domain/id.ts'
import type { Discount, OrderLineInput, PaidOrder, PricingRules } from '#domain/order.ts'
import { priceOrder } from '#domain/price-order.ts'
import type { PublicKey } from '#protocol/enrolment.ts'
import type { PushRequest, PushRequestV1 } from '#protocol/push.ts'
import { PROTOCOL_VERSION } from '#protocol/version.ts'
import { appendOperation, chainSeed, emptyJournal } from '#sync/journal.ts'
import type { JournalHead, Operation } from '#sync/operation.ts'
import { toColumns } from '#sync/run-columns.ts'
import { createIngestStore } from '../../server/database/ingest-store.ts'
import type { Database } from '../../server/database/pool.ts'
import { listRecords, writeRecords } from '../../server/database/write-records.ts'
import { createEnrolmentCode, enrol } from '../../server/office/enrolment.ts'
import { setUpBusiness } from '../../server/office/set-up.ts'
import { packing } from '../../server/packing.ts'
import type { IngestParts } from '../../server/use-cases/accept-operations.ts'
import { isSignedBy } from '../../server/use-cases/signature.ts'
import { aProduct, aStore } from './sample-records.ts'

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
    const products = [aProduct('Latte', 450), aProduct('Croissant', 375), aProduct('Beans 250 g', 1650)]
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

/** What `acceptOperations` works with on a real server. */
export function ingestPartsOn(database: Database): IngestParts {
  return {
    store: createIngestStore(database),
    packing,
    verify: isSignedBy,
    clock: () => Date.now(),
  }
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

/** A register with a key of its own that no server knows yet. */
export async function aBareRegister(
  shop: Shop = bareShop(),
): Promise<{ readonly register: VirtualRegister; readonly publicKey: PublicKey }> {
  const keys = (await webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
    'sign',
  ])) as CryptoKeyPair
  const publicKey = (await webcrypto.subtle.exportKey('jwk', keys.publicKey)) as PublicKey
  return { register: new VirtualRegister(shop, randomUUID(), keys.privateKey, 7), publicKey }
}

function bareShop(): Shop {
  const store = aStore()
  const products = [aProduct('Latte', 450), aProduct('Croissant', 375)]
  return { tenantId: randomUUID(), store, registerId: randomUUID(), staffId: randomUUID(), products }
}

export class VirtualRegister {
  readonly shop: Shop
  readonly installId: string
  readonly journal: Operation[] = []
  readonly orders: PaidOrder[] = []
  readonly #privateKey: CryptoKey
  readonly #series: number
  #receipts = 0
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
      receiptNumber: this.#nextReceipt(),
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

  /** The same profile once more, as it was after `seq`: what a clone or yesterday's disk is. */
  twinAfter(seq: number): VirtualRegister {
    const twin = new VirtualRegister(this.shop, this.installId, this.#privateKey, this.#series)
    twin.journal.push(...this.journal.slice(0, seq))
    twin.orders.push(...this.orders)
    twin.#receipts = this.#receipts
    twin.head = { seq, chain: this.#chainAfter(seq) }
    return twin
  }

  /** A signed batch of the journal from `firstSeq` to `lastSeq`. */
  async batch(firstSeq = 1, lastSeq = this.head.seq): Promise<PushRequest> {
    const { columns, payloadText } = toColumns(
      this.journal.slice(firstSeq - 1, lastSeq),
      this.#chainAfter(firstSeq - 1),
    )
    return {
      protocol: PROTOCOL_VERSION,
      ...columns,
      opIds: [...columns.opIds],
      kinds: [...columns.kinds],
      kindVersions: [...columns.kindVersions],
      actorIds: [...columns.actorIds],
      occurredAts: [...columns.occurredAts],
      appVersion: 'test',
      journalSeq: this.head.seq,
      payloads: await packing.deflate(payloadText),
      signature: await this.sign(`evertill-push:${columns.chain}`),
    }
  }

  /** [P7] The same as release 0.1 sends it. */
  async batchV1(firstSeq = 1, lastSeq = this.head.seq): Promise<PushRequestV1> {
    const operations = this.journal.slice(firstSeq - 1, lastSeq)
    return {
      protocol: 1,
      installId: this.installId,
      operations: operations.map(({ installId: _, ...wire }) => wire),
      signature: await this.sign(`evertill-push:${operations.at(-1)!.chain}`),
    }
  }

  #nextReceipt(): string {
    this.#receipts += 1
    return `${this.#series}-${this.#receipts}`
  }

  #chainAfter(seq: number): string {
    return this.journal[seq - 1]?.chain ?? chainSeed(this.installId)
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
