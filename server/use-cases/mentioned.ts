import type { PaidOrder } from '#domain/order.ts'
import type { Decoded, DecodedOperation } from './decoded.ts'
import type { Mentioned, RecordKey, StockKey } from './ports.ts'

/** What is mentioned, as sets while it is collected, so that each is asked for once. */
type Collected = {
  readonly staffIds: Set<string>
  readonly orderIds: Set<string>
  readonly paymentIds: Set<string>
  readonly receiptNumbers: Set<string>
  readonly shiftIds: Set<string>
  readonly registerIds: Set<string>
  readonly openingRegisterIds: Set<string>
  readonly records: Map<RecordKey[0], Set<string>>
  readonly stock: Map<string, StockKey>
}

/** `records`: further ones that the caller needs. */
export function mentionedIn(
  batch: readonly DecodedOperation[],
  records: readonly RecordKey[] = [],
): Mentioned {
  const collected: Collected = {
    staffIds: new Set(),
    orderIds: new Set(),
    paymentIds: new Set(),
    receiptNumbers: new Set(),
    shiftIds: new Set(),
    registerIds: new Set(),
    openingRegisterIds: new Set(),
    records: new Map(),
    stock: new Map(),
  }
  for (const { operation, decoded } of batch) {
    if (operation.actorId !== null) collected.staffIds.add(operation.actorId)
    collect(collected, decoded)
  }
  for (const [kind, id] of records) addRecord(collected, kind, id)
  return {
    opIds: batch.map(({ operation }) => operation.opId),
    staffIds: [...collected.staffIds],
    orderIds: [...collected.orderIds],
    paymentIds: [...collected.paymentIds],
    receiptNumbers: [...collected.receiptNumbers],
    shiftIds: [...collected.shiftIds],
    registerIds: [...collected.registerIds],
    openingRegisterIds: [...collected.openingRegisterIds],
    records: [...collected.records].flatMap(([kind, ids]) => [...ids].map((id): RecordKey => [kind, id])),
    stock: [...collected.stock.values()],
    counts: batch.flatMap(({ decoded }) => (decoded.kind === 'stock.counted' ? [decoded.payload] : [])),
  }
}

export function recordText(kind: string, id: string): string {
  return `${kind}/${id}`
}

export function stockKeyOf(place: {
  readonly storeId: string
  readonly productId: string
  readonly variantId: string | null
}): StockKey {
  return { storeId: place.storeId, productId: place.productId, variantId: place.variantId ?? '' }
}

export function stockText({ storeId, productId, variantId }: StockKey): string {
  return `${storeId}/${productId}/${variantId}`
}

function collect(collected: Collected, decoded: Decoded): void {
  switch (decoded.kind) {
    case 'order.paid':
      return addOrder(collected, decoded.payload)
    case 'order.parked':
      return addParked(collected, decoded.payload.order.orderId)
    case 'order.voided':
      return addParked(collected, decoded.payload.orderId)
    case 'shift.opened':
      collected.openingRegisterIds.add(decoded.payload.registerId)
      return addShift(collected, decoded.payload)
    case 'shift.closed':
    case 'cash.moved':
      return addShift(collected, decoded.payload)
    case 'stock.counted':
    case 'stock.moved':
      addStock(collected, stockKeyOf(decoded.payload))
      return addRecord(collected, 'product', decoded.payload.productId)
    case 'record.edited':
      return addRecord(collected, decoded.payload.kind, decoded.payload.id)
    case 'conflict.settled': {
      const { conflictId, edit } = decoded.payload
      addRecord(collected, 'conflict', conflictId)
      if (edit) addRecord(collected, edit.kind, edit.id)
      return
    }
    case 'task.done':
      return addRecord(collected, 'task', decoded.payload.taskId)
    case 'nothing':
      return
  }
}

function addShift(
  collected: Collected,
  { shiftId, registerId }: { readonly shiftId: string; readonly registerId: string },
): void {
  collected.shiftIds.add(shiftId)
  collected.registerIds.add(registerId)
}

function addOrder(collected: Collected, order: PaidOrder): void {
  addParked(collected, order.orderId)
  if (order.refundOf !== null) collected.orderIds.add(order.refundOf)
  if (order.staffId !== null) collected.staffIds.add(order.staffId)
  if (order.shiftId !== null) collected.shiftIds.add(order.shiftId)
  collected.registerIds.add(order.registerId)
  collected.receiptNumbers.add(order.receiptNumber)
  for (const { paymentId } of order.payments) collected.paymentIds.add(paymentId)
  for (const { productId } of order.lines) if (productId !== null) addRecord(collected, 'product', productId)
  for (const movement of order.movements)
    addStock(collected, stockKeyOf({ storeId: order.storeId, ...movement }))
}

function addParked(collected: Collected, orderId: string): void {
  collected.orderIds.add(orderId)
  addRecord(collected, 'parked-order', orderId)
}

function addRecord(collected: Collected, kind: RecordKey[0], id: string): void {
  const ids = collected.records.get(kind)
  if (ids) ids.add(id)
  else collected.records.set(kind, new Set([id]))
}

function addStock(collected: Collected, key: StockKey): void {
  collected.stock.set(stockText(key), key)
}
