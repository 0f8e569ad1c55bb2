import type { RecordKind } from '#domain/catalogue.ts'
import type { PaidOrder } from '#domain/order.ts'
import type { Segment } from '#domain/rollups.ts'
import * as z from 'zod/mini'
import { LEAST_PULL_PROTOCOL } from './version.ts'

/** What the device says of itself with every question. */
const asking = {
  protocol: z.int(),
  appVersion: z.string().check(z.maxLength(40)),
  /** Where its journal ends, what is unsent included: the owner sees what a lost tablet held. */
  journalSeq: z.int().check(z.nonnegative()),
}

/** [L7] What a device holds: a register its store, an office device (both null) all stores. `id` is compared, never read. */
export const deviceScope = z.object({
  id: z.string(),
  storeId: z.nullable(z.string()),
  registerId: z.nullable(z.string()),
})

/** [L1] `cursor` is the version up to which the device holds everything in its scope. */
export const pullRequest = z.object({
  ...asking,
  epoch: z.uuid(),
  scopeId: z.string().check(z.maxLength(200)),
  cursor: z.int().check(z.nonnegative()),
  /** [I9] Asks for the digest of what the device should hold at `next`. */
  wantsDigest: z.boolean(),
})

/** [L4] One page of the first load. `after` is the key where the last page ended, null at the start. */
export const loadRequest = z.object({ ...asking, after: z.nullable(z.string().check(z.maxLength(300))) })

/** [P7] Whatever else a device asks with a protocol that may not read any more. */
export const outdatedRequest = z.object({ protocol: z.int().check(z.lt(LEAST_PULL_PROTOCOL)) })

export const recordChange = z.object({
  /** A `RecordKind`, or one that only a newer server knows: kept as it is. */
  kind: z.string(),
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
  /** [R4] Refunded in full. */
  isRefunded: z.boolean(),
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

/**
 * [I9] One number per kind of row: the exclusive or, over all live rows in scope, of the first 64 bits of the MD5 of
 * `kind/id@v`, as 16 hex digits. Orders count from `ordersSince` on.
 */
export const digest = z.object({ records: z.string(), orders: z.string(), segments: z.string() })

/** A business day: orders before it are not the device's to hold one by one. */
const ordersSince = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/))

/** All rows of one version travel in one page ([L1]); `ackedSeq` covers operations with v ≤ `next` ([I8]). */
export const pullAnswer = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('page'),
    epoch: z.string(),
    from: z.int(),
    next: z.int(),
    head: z.int(),
    ackedSeq: z.int(),
    /** ms since 1970 by the server's clock: a device can tell that its own is wrong. Information only. */
    serverTime: z.int(),
    ordersSince,
    digest: z.nullable(digest),
    records: z.array(recordChange),
    orders: z.array(orderChange),
    segments: z.array(wireSegment),
    registers: z.array(registerContact),
  }),
  /** [L5] [L6] [L7] The device keeps what it has, loads again and offers every retained operation again. */
  z.object({
    kind: z.literal('load-again'),
    reason: z.enum(['epoch-changed', 'cursor-ahead', 'cursor-too-old', 'scope-changed']),
    epoch: z.string(),
    scope: deviceScope,
  }),
  /** [P7] Reading needs a newer release of the app; sales are taken as ever. */
  z.object({ kind: z.literal('upgrade-required'), leastProtocol: z.int() }),
])

/**
 * Orders of one store that seldom change any more, as one piece: the device stores it as it comes. Columns: the n-th
 * entries belong together. An order that changes after it was packed travels by itself, with a higher `v`.
 */
export const orderPack = z.object({
  packId: z.string(),
  storeId: z.string(),
  orderIds: z.array(z.string()),
  vs: numbers,
  occurredAts: numbers,
  businessDays: z.array(z.string()),
  receiptNumbers: z.array(z.string()),
  registerIds: z.array(z.string()),
  totalsMinor: numbers,
  itemsMilli: numbers,
  /** Lines' names, joined by line feeds: titles and the search are made of them. */
  lineNames: z.array(z.string()),
  refundsOf: z.array(z.nullable(z.string())),
  /** The documents, joined by line feeds, deflated (raw), as base64. */
  docs: z.string(),
})

/** What `rows` of a load page holds when inflated and parsed. */
export const loadRows = z.object({
  records: z.array(recordChange),
  orders: z.array(orderChange),
  segments: z.array(wireSegment),
  registers: z.array(registerContact),
})

/** `after: null` on the last page. `startVersion` is v0: read before the first page, pull goes on from there. */
export const loadAnswer = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('page'),
    epoch: z.string(),
    scope: deviceScope,
    startVersion: z.int(),
    after: z.nullable(z.string()),
    /** 0…1, for the progress bar. */
    share: z.number(),
    ackedSeq: z.int(),
    ordersSince,
    /** `loadRows` as JSON, deflated (raw), as base64. */
    rows: z.string(),
    packs: z.array(orderPack),
  }),
  z.object({ kind: z.literal('upgrade-required'), leastProtocol: z.int() }),
])

/** The same on both sides, so that a device knows its scope from its enrolment. */
export function scopeOf(storeId: string | null, registerId: string | null): DeviceScope {
  return { id: registerId === null ? 'office' : `register ${storeId} ${registerId}`, storeId, registerId }
}

export type PullRequest = z.infer<typeof pullRequest>
export type LoadRequest = z.infer<typeof loadRequest>
export type OutdatedRequest = z.infer<typeof outdatedRequest>
export type RecordChange = Omit<z.infer<typeof recordChange>, 'kind'> & { kind: RecordKind }
export type OrderChange = Omit<z.infer<typeof orderChange>, 'doc'> & { doc: PaidOrder | null }
export type RegisterContact = z.infer<typeof registerContact>
export type DeviceScope = z.infer<typeof deviceScope>
export type Digest = z.infer<typeof digest>
export type OrderPack = z.infer<typeof orderPack>
export type LoadRows = {
  readonly records: RecordChange[]
  readonly orders: OrderChange[]
  readonly segments: Segment[]
  readonly registers: RegisterContact[]
}
type WirePullPage = Extract<z.infer<typeof pullAnswer>, { kind: 'page' }>
export type PullPage = Omit<WirePullPage, keyof LoadRows> & LoadRows
export type PullAnswer = PullPage | Exclude<z.infer<typeof pullAnswer>, { kind: 'page' }>
export type LoadAnswer = z.infer<typeof loadAnswer>
export type LoadPage = Extract<LoadAnswer, { kind: 'page' }>
