import type { Segment } from '#domain/rollups.ts'
import { type EnrolAnswer, challengeAnswer, enrolAnswer, tokenAnswer } from '#protocol/enrolment.ts'
import {
  loadAnswer,
  type LoadAnswer,
  loadRows,
  type LoadRows,
  type OrderPack,
  type PullAnswer,
  pullAnswer,
} from '#protocol/pull.ts'
import { type ReceiptCheck, receiptCheck } from '#protocol/proof.ts'
import { type PushAnswer, pushAnswer } from '#protocol/push.ts'

/** Each reads what came over the wire; null where it is not what the protocol says. */

export function readPushAnswer(came: unknown): PushAnswer | null {
  return read(pushAnswer, came)
}

export function readEnrolAnswer(came: unknown): EnrolAnswer | null {
  return read(enrolAnswer, came)
}

export function readNonce(came: unknown): string | null {
  return read(challengeAnswer, came)?.nonce ?? null
}

export function readToken(came: unknown): string | null {
  return read(tokenAnswer, came)?.token ?? null
}

export function readPullAnswer(came: unknown): PullAnswer | null {
  return readWithSegments(came, (plain) => read(pullAnswer, plain) as PullAnswer | null)
}

/** Packs hold whole years of orders: like segments they are set aside and checked for equally long columns. */
export function readLoadAnswer(came: unknown): LoadAnswer | null {
  if (!(came instanceof Object) || !('packs' in came)) return read(loadAnswer, came)
  const { packs } = came
  if (!Array.isArray(packs) || !packs.every(isPack)) return null
  const plain = read(loadAnswer, { ...came, packs: [] })
  return plain?.kind === 'page' ? { ...plain, packs } : plain
}

/** What `rows` of a load page is, inflated. */
export function readLoadRows(text: string): LoadRows | null {
  return readWithSegments(parsed(text), (plain) => read(loadRows, plain) as LoadRows | null)
}

export function readReceiptCheck(came: unknown): ReceiptCheck | null {
  return read(receiptCheck, came)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

type Schema<T> = { safeParse(value: unknown): { success: true; data: T } | { success: false } }

function read<T>(schema: Schema<T>, came: unknown): T | null {
  const parsed = schema.safeParse(came)
  return parsed.success ? parsed.data : null
}

/**
 * A first load brings millions of numbers in segments: the schema's check of each takes longer than all the rest of the
 * load. So segments are set aside and checked for what sums depend on: the columns, and that they are equally long.
 */
function readWithSegments<T extends object>(
  came: unknown,
  readPlain: (plain: unknown) => T | null,
): T | null {
  if (!(came instanceof Object) || !('segments' in came)) return readPlain(came)
  const { segments } = came
  if (!Array.isArray(segments) || !segments.every(isSegment)) return null
  const plain = readPlain({ ...came, segments: [] })
  return plain && { ...plain, segments }
}

const columns = {
  hours: [
    'day',
    'hour',
    'register',
    'orders',
    'refunds',
    'unitsMilli',
    'grossMinor',
    'discountMinor',
    'netMinor',
    'taxMinor',
    'refundMinor',
  ],
  products: ['day', 'product', 'category', 'unitsMilli', 'netMinor'],
  tenders: ['day', 'tender', 'payments', 'amountMinor'],
} as const satisfies { [Name in 'hours' | 'products' | 'tenders']: readonly (keyof Segment[Name])[] }

function isSegment(value: unknown): value is Segment {
  if (!(value instanceof Object)) return false
  const segment = value as Partial<Segment>
  return (
    typeof segment.storeId === 'string' &&
    typeof segment.month === 'string' &&
    Number.isSafeInteger(segment.v) &&
    segment.included instanceof Object &&
    [segment.registerIds, segment.productIds, segment.categoryIds].every(Array.isArray) &&
    isTable(segment.hours, columns.hours) &&
    isTable(segment.products, columns.products) &&
    isTable(segment.tenders, columns.tenders)
  )
}

const packColumns = {
  string: ['orderIds', 'businessDays', 'receiptNumbers', 'registerIds', 'lineNames'],
  number: ['vs', 'occurredAts', 'totalsMinor', 'itemsMilli'],
} as const satisfies Record<'string' | 'number', readonly (keyof OrderPack)[]>

function isPack(value: unknown): value is OrderPack {
  if (!(value instanceof Object)) return false
  const pack = value as Partial<OrderPack>
  const { packId, storeId, docs, orderIds, refundsOf } = pack
  const length = Array.isArray(orderIds) ? orderIds.length : -1
  return (
    [packId, storeId, docs].every((text) => typeof text === 'string') &&
    packColumns.string.every((name) => isColumn(pack[name], 'string', length)) &&
    packColumns.number.every((name) => isColumn(pack[name], 'number', length)) &&
    Array.isArray(refundsOf) &&
    refundsOf.length === length &&
    refundsOf.every((id) => id === null || typeof id === 'string')
  )
}

function isColumn(column: unknown, type: 'string' | 'number', length: number): boolean {
  if (!Array.isArray(column) || column.length !== length) return false
  for (const each of column) if (typeof each !== type) return false
  return true
}

function isTable(value: object | undefined, names: readonly string[]): boolean {
  if (!(value instanceof Object)) return false
  const table = value as Record<string, unknown>
  const lengths = names.map((name) => (Array.isArray(table[name]) ? table[name].length : -1))
  return lengths.every((length) => length >= 0 && length === lengths[0])
}
