import { randomUUID } from 'node:crypto'
import type { Product, RecordDocuments, RecordKind, Store } from '#domain/catalogue.ts'
import type { PaidOrder } from '#domain/order.ts'
import { priceOrder, totalsOf } from '#domain/price-order.ts'
import { refundLines } from '#domain/refund.ts'
import type { PushAnswer, PushRequest } from '#protocol/push.ts'
import type { RecordEdit } from '#sync/edit.ts'
import { appendOperation, chainSeed, emptyJournal } from '#sync/journal.ts'
import type { Operation, OperationFlag } from '#sync/operation.ts'
import { toColumns } from '#sync/run-columns.ts'
import { acceptOperations, type IngestParts } from '../../../server/use-cases/accept-operations.ts'
import { createMemoryDatabase, type MemoryDatabase } from '../../simulation/server/memory-database.ts'
import { createMemoryIngest } from '../../simulation/server/memory-ingest.ts'
import { dumpState } from '../../simulation/server/state-dump.ts'
import type { InstallRow } from '../../simulation/server/tables.ts'
import { firstRecords, productIds, registerIds, storeIds } from '../../simulation/shop.ts'
import { keyNamed, plainPacking, signWith, verifySignature } from '../../simulation/signer.ts'

export const EPOCH = '00000000-0000-4000-8000-0000000e90c4'
/** The server's clock in these tests. */
export const NOW = 1_790_000_000_000

export type MemoryShop = Awaited<ReturnType<typeof openMemoryShop>>

/** The server's use cases over tables in memory, with the simulation's shop in them. */
export async function openMemoryShop() {
  const database = createMemoryDatabase()
  const pace = { step: async () => {}, onDeath: () => {} }
  const parts: IngestParts = {
    store: createMemoryIngest(database, pace),
    packing: plainPacking,
    verify: verifySignature,
    clock: () => NOW,
  }
  await database.transact(pace, async (tx) => {
    tx.set('life', '', { epoch: EPOCH, v: 1, compactedV: 0 })
    for (const { kind, id, doc } of firstRecords)
      tx.set('records', `${kind}/${id}`, {
        ...{ kind, id, doc, v: 1, storeId: null, isDeleted: false, writers: {} },
      })
  })
  const setInstall = (row: InstallRow): Promise<void> =>
    database.transact(pace, async (tx) => tx.set('installs', row.installId, row))
  return {
    database,
    parts,
    pace,
    /** The n-th register of the first store, or an office device. */
    async enrol(place: 0 | 1 | 'office', installId: string = randomUUID()): Promise<MemoryDevice> {
      const registerId = place === 'office' ? null : registerIds[place]!
      await setInstall({
        installId,
        kind: place === 'office' ? 'office' : 'register',
        storeId: registerId && storeIds[0],
        registerId,
        publicKey: keyNamed(installId),
        series: 1,
        head: { seq: 0, chain: chainSeed(installId) },
        isRevoked: false,
        isForked: false,
        forkedInto: null,
        heardAt: null,
        cursor: null,
        reportedSeq: 0,
      })
      return new MemoryDevice(parts, installId)
    },
    async revoke({ installId }: MemoryDevice): Promise<void> {
      await setInstall({ ...database.view.get('installs', installId)!, isRevoked: true })
    },
    /** Leaves a document in the catalogue that no code of ours writes. */
    async breakProduct(productIndex: number): Promise<void> {
      const key = `product/${productIds[productIndex]!}`
      const row = database.view.get('records', key)!
      await database.transact(pace, async (tx) => tx.set('records', key, { ...row, doc: {} }))
    },
    record<Kind extends RecordKind>(kind: Kind, id: string) {
      const row = database.view.get('records', `${kind}/${id}`)
      return row && { ...row, doc: row.doc as RecordDocuments[Kind] | null }
    },
    records<Kind extends RecordKind>(kind: Kind): RecordDocuments[Kind][] {
      return database.view
        .list('records')
        .flatMap(([, row]) => (row.kind === kind && !row.isDeleted ? [row.doc as RecordDocuments[Kind]] : []))
    },
    level: (productId: string, variantId: string | null = null): number | undefined =>
      database.view.get('stock', `${storeIds[0]}/${productId}/${variantId ?? ''}`)?.levelMilli,
    state: (options?: { withVersions?: boolean }) => dumpState(database.view, options),
  }
}

export function productOf(database: MemoryDatabase, productId: string): Product {
  return database.view.get('records', `product/${productId}`)!.doc as Product
}

export class MemoryDevice {
  readonly #parts: IngestParts
  readonly installId: string
  readonly journal: Operation[] = []
  #sent = 0
  #receipts = 0

  constructor(parts: IngestParts, installId: string) {
    this.#parts = parts
    this.installId = installId
  }

  append(
    kind: string,
    payload: unknown,
    { actorId = null, opId = randomUUID() }: { actorId?: string | null; opId?: string } = {},
  ): Operation {
    const last = this.journal.at(-1)
    const { operation } = appendOperation(last ?? emptyJournal(this.installId), {
      ...{ opId, installId: this.installId, kind, kindVersion: 1, actorId, occurredAt: NOW, payload },
    })
    this.journal.push(operation)
    return operation
  }

  edit(edit: RecordEdit, actorId: string | null): Operation {
    return this.append('record.edited', edit, { actorId })
  }

  nextReceipt(): string {
    this.#receipts += 1
    return `${this.installId.slice(0, 8)}-${this.#receipts}`
  }

  batch(firstSeq: number, lastSeq: number): PushRequest {
    const before = this.journal[firstSeq - 2]?.chain ?? chainSeed(this.installId)
    const { columns, payloadText } = toColumns(this.journal.slice(firstSeq - 1, lastSeq), before)
    return {
      ...(columns as PushRequest),
      protocol: 2,
      appVersion: 'test',
      journalSeq: this.journal.length,
      payloads: payloadText,
      signature: signWith(keyNamed(this.installId), `evertill-push:${columns.chain}`),
    }
  }

  async push(firstSeq: number, lastSeq: number, parts: IngestParts = this.#parts): Promise<PushAnswer> {
    const answer = await acceptOperations(parts, this.batch(firstSeq, lastSeq))
    if (!answer.ok) throw new Error(answer.failure.code)
    return answer.value
  }

  /** Sends what is unsent, `perBatch` at a time, and answers its flags, operation by operation. */
  async send(perBatch = 500): Promise<OperationFlag[][]> {
    const flags: OperationFlag[][] = []
    while (this.#sent < this.journal.length) {
      const upTo = Math.min(this.#sent + perBatch, this.journal.length)
      const answer = await this.push(this.#sent + 1, upTo)
      if (answer.status !== 'accepted') throw new Error(JSON.stringify(answer))
      flags.push(...answer.results.map((result) => result.flags as OperationFlag[]))
      this.#sent = upTo
    }
    return flags
  }
}

export type OrderOptions = Partial<PaidOrder> & {
  readonly productIndex?: number
  readonly quantityMilli?: number
}

/** A sale at the list price, paid in cash, at the first register. */
export function aSale(
  shop: MemoryShop,
  device: MemoryDevice,
  { productIndex = 0, quantityMilli = 1000, ...more }: OrderOptions = {},
): PaidOrder {
  const product = productOf(shop.database, productIds[productIndex]!)
  const [variant] = product.variants
  const { pricing } = shop.record('store', storeIds[0])!.doc as Store
  const line = {
    lineId: randomUUID(),
    productId: product.productId,
    variantId: variant!.variantId,
    categoryId: null,
    name: product.name,
    variantName: null,
    sku: null,
    quantityMilli,
    unitPriceMinor: variant!.priceMinor,
    modifiers: [],
    discount: null,
    taxRates: [],
    note: null,
    catalogueVersion: 1,
    isStockTracked: true,
  }
  const priced = priceOrder({ lines: [line], orderDiscount: null }, pricing)
  return {
    orderId: randomUUID(),
    storeId: storeIds[0],
    registerId: registerIds[0]!,
    shiftId: null,
    receiptNumber: device.nextReceipt(),
    status: 'paid',
    occurredAt: NOW,
    businessDay: '2026-11-20',
    businessHour: 9,
    staffId: null,
    customerId: null,
    refundOf: null,
    pricing,
    ...priced,
    orderDiscount: null,
    cashRoundingMinor: 0,
    payments: [cash(priced.totals.totalMinor)],
    movements: [
      {
        movementId: randomUUID(),
        productId: product.productId,
        variantId: null,
        quantityMilli: -quantityMilli,
      },
    ],
    note: null,
    ...more,
  }
}

/** Gives back so much of every line of a sale. */
export function aRefund(device: MemoryDevice, sale: PaidOrder, quantityMilli: number): PaidOrder {
  const lines = refundLines(
    sale,
    sale.lines.map(({ lineId }) => ({ lineId, quantityMilli })),
  )
  if (!lines.ok) throw new Error(lines.failure.code)
  const totals = totalsOf(lines.value)
  return {
    ...sale,
    orderId: randomUUID(),
    receiptNumber: device.nextReceipt(),
    refundOf: sale.orderId,
    lines: lines.value,
    totals,
    payments: [cash(totals.totalMinor)],
    movements: sale.movements.map((movement) => ({ ...movement, movementId: randomUUID(), quantityMilli })),
  }
}

export function cash(amountMinor: number): PaidOrder['payments'][number] {
  return {
    paymentId: randomUUID(),
    tender: 'cash',
    amountMinor,
    tenderedMinor: amountMinor,
    changeMinor: 0,
  }
}
