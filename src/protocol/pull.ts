import { recordKinds, type RecordKind } from '#domain/catalogue.ts'
import type { PaidOrder } from '#domain/order.ts'
import type { Segment } from '#domain/rollups.ts'
import * as z from 'zod/mini'

/** [L1] `cursor` is the version up to which the device holds everything in its scope. */
export const pullRequest = z.object({
  protocol: z.int(),
  epoch: z.uuid(),
  cursor: z.int().check(z.nonnegative()),
})

/** [L4] One page of the first load. `after` is the key where the last page ended, null at the start. */
export const loadRequest = z.object({
  protocol: z.int(),
  after: z.nullable(z.string().check(z.maxLength(300))),
})

export const recordChange = z.object({
  kind: z.enum(recordKinds),
  id: z.string(),
  v: z.int(),
  isDeleted: z.boolean(),
  /** The whole document; null when deleted. */
  doc: z.nullable(z.unknown()),
})

/** A recent order of the device's store. Withdrawn ones (an import taken back) carry no document. */
export const orderChange = z.object({
  id: z.string(),
  v: z.int(),
  isWithdrawn: z.boolean(),
  installId: z.nullable(z.string()),
  doc: z.nullable(z.unknown()),
})

export const registerContact = z.object({ registerId: z.string(), heardAt: z.nullable(z.int()) })

const numbers = z.array(z.number())

const wireSegment = z.object({
  storeId: z.string(),
  month: z.string(),
  v: z.int(),
  included: z.record(z.string(), z.int()),
  registerIds: z.array(z.string()),
  productIds: z.array(z.string()),
  categoryIds: z.array(z.string()),
  hours: z.object({
    day: numbers,
    hour: numbers,
    register: numbers,
    orders: numbers,
    refunds: numbers,
    unitsMilli: numbers,
    grossMinor: numbers,
    discountMinor: numbers,
    netMinor: numbers,
    taxMinor: numbers,
    refundMinor: numbers,
  }),
  products: z.object({
    day: numbers,
    product: numbers,
    category: numbers,
    unitsMilli: numbers,
    netMinor: numbers,
  }),
  tenders: z.object({
    day: numbers,
    tender: z.array(z.enum(['cash', 'card', 'gift-card', 'store-credit', 'other'])),
    payments: numbers,
    amountMinor: numbers,
  }),
})

/** All rows of one version travel in one page ([L1]); `ackedSeq` covers operations with v ≤ `next` ([I8]). */
const page = {
  epoch: z.string(),
  next: z.int(),
  head: z.int(),
  ackedSeq: z.int(),
  records: z.array(recordChange),
  orders: z.array(orderChange),
  segments: z.array(wireSegment),
  registers: z.array(registerContact),
}

export const pullAnswer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('page'), from: z.int(), ...page }),
  /** [L5] [L6] The device keeps what it has, loads again and offers every retained operation again. */
  z.object({
    kind: z.literal('load-again'),
    reason: z.enum(['epoch-changed', 'cursor-ahead']),
    epoch: z.string(),
  }),
])

/** `after: null` on the last page. `startVersion` is v0: read before the first page, pull goes on from there. */
export const loadAnswer = z.object({
  epoch: z.string(),
  startVersion: z.int(),
  after: z.nullable(z.string()),
  /** 0…1, for the progress bar. */
  share: z.number(),
  ackedSeq: z.int(),
  records: z.array(recordChange),
  orders: z.array(orderChange),
  segments: z.array(wireSegment),
  registers: z.array(registerContact),
})

export type PullRequest = z.infer<typeof pullRequest>
export type LoadRequest = z.infer<typeof loadRequest>
export type RecordChange = Omit<z.infer<typeof recordChange>, 'kind'> & { kind: RecordKind }
export type OrderChange = Omit<z.infer<typeof orderChange>, 'doc'> & { doc: PaidOrder | null }
export type RegisterContact = z.infer<typeof registerContact>
type PageRows = {
  records: RecordChange[]
  orders: OrderChange[]
  segments: Segment[]
  registers: RegisterContact[]
}
export type PullPage = Omit<Extract<z.infer<typeof pullAnswer>, { kind: 'page' }>, keyof PageRows> & PageRows
export type PullAnswer = PullPage | Extract<z.infer<typeof pullAnswer>, { kind: 'load-again' }>
export type LoadAnswer = Omit<z.infer<typeof loadAnswer>, keyof PageRows> & PageRows
