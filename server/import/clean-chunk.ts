import type { ImportedOrderWire } from '#protocol/import.ts'

/** What the tables can hold of a chunk: each order once, and no NUL, which a file in another encoding is full of. */
export function cleanChunk(orders: readonly ImportedOrderWire[]): readonly ImportedOrderWire[] {
  const text = JSON.stringify(orders)
  const clean = text.includes(String.raw`\u0000`)
    ? (JSON.parse(text, (_, value: unknown) => withoutNul(value)) as ImportedOrderWire[])
    : orders
  const byKey = new Map(clean.map((order) => [JSON.stringify([order.storeName, order.externalId]), order]))
  return [...byKey.values()]
}

function withoutNul(value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\0', '') : value
}
