import { readPaidOrder, shiftOpenedV1 } from '#protocol/paid-order.ts'
import { isUsualOrder } from '#protocol/usual-order.ts'
import {
  cashMovedV1,
  conflictSettledV1,
  orderParkedV1,
  orderVoidedV1,
  recordEditedV1,
  shiftClosedV1,
  stockCountedV1,
  stockMovedV1,
  taskDoneV1,
} from '#protocol/facts.ts'
import type { Operation } from '#sync/operation.ts'
import type { Decoded, DecodedOperation } from './decoded.ts'

/** [P4] What an operation says; `nothing` where this release can't read it. */
export function decode(operation: Operation): DecodedOperation {
  return { operation, decoded: read(operation) ?? { kind: 'nothing' } }
}

function read({ kind, kindVersion, payload }: Operation): Decoded | null {
  const reader = readers[`${kind} ${kindVersion}`]
  if (!reader) return null
  try {
    const value: unknown = JSON.parse(payload)
    if (kind === 'order.paid' && kindVersion === 1 && !payload.includes(nul) && isUsualOrder(value))
      return { kind, payload: value }
    return reader(needsCleaning.test(payload) ? JSON.parse(payload, cleaned) : value)
  } catch {
    // Not JSON: the journal keeps it as it is.
    return null
  }
}

type Reader = (payload: unknown) => Decoded | null

type Schema<T> = {
  safeParse(payload: unknown): { readonly success: true; readonly data: T } | { readonly success: false }
}

function by<Kind extends Decoded['kind'], T>(
  kind: Kind,
  schema: Schema<T>,
  toDecoded: (payload: T) => Extract<Decoded, { kind: Kind }>,
): [string, Reader] {
  return [
    `${kind} 1`,
    (payload) => {
      const parsed = schema.safeParse(payload)
      return parsed.success ? toDecoded(parsed.data) : null
    },
  ]
}

/** By kind and version. A version that was ever released is read for ever ([C3]). */
const readers: Readonly<Record<string, Reader | undefined>> = Object.fromEntries([
  [
    'order.paid 1',
    (payload: unknown): Decoded | null => {
      const order = readPaidOrder(payload)
      return order && { kind: 'order.paid', payload: order }
    },
  ],
  by('order.parked', orderParkedV1, (payload) => ({ kind: 'order.parked', payload })),
  by('order.voided', orderVoidedV1, (payload) => ({ kind: 'order.voided', payload })),
  by('shift.opened', shiftOpenedV1, (payload) => ({ kind: 'shift.opened', payload })),
  by('shift.closed', shiftClosedV1, (payload) => ({ kind: 'shift.closed', payload })),
  by('cash.moved', cashMovedV1, (payload) => ({ kind: 'cash.moved', payload })),
  by('stock.counted', stockCountedV1, (payload) => ({ kind: 'stock.counted', payload })),
  by('stock.moved', stockMovedV1, (payload) => ({ kind: 'stock.moved', payload })),
  by('record.edited', recordEditedV1, (payload) => ({ kind: 'record.edited', payload })),
  by('conflict.settled', conflictSettledV1, (payload) => ({ kind: 'conflict.settled', payload })),
  by('task.done', taskDoneV1, (payload) => ({ kind: 'task.done', payload })),
])

/** NUL as JSON writes it, which PostgreSQL holds in no text; and ids in capitals, which its uuids come back without. */
const nul = '\\u0000'
const needsCleaning = /\\u0000|"(?=[0-9a-f-]*[A-F])[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}"/

const uuidFields = new Set([
  'orderId',
  'storeId',
  'registerId',
  'shiftId',
  'paymentId',
  'movementId',
  'cashMovementId',
  'refundOf',
])

/** The journal keeps its bytes; only what is read out of them is cleaned. */
function cleaned(field: string, value: unknown): unknown {
  if (typeof value !== 'string') return value
  return uuidFields.has(field) ? value.toLowerCase() : value.replaceAll('\0', '')
}
