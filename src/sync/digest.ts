import { md5 } from '@noble/hashes/legacy.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'

/**
 * [I9] The exclusive or of the first 64 bits of the MD5 of `kind/id@v` over a set of rows, in two halves: one number for
 * the set, whatever the sequence. It guards against our own mistakes and lost writes, not against an attacker.
 */
export type RowsDigest = readonly [high: number, low: number]

export const emptyDigest: RowsDigest = [0, 0]

export function digestOf(rows: Iterable<{ readonly key: string; readonly v: number }>): RowsDigest {
  let [high, low] = emptyDigest
  for (const { key, v } of rows) {
    const bytes = md5(utf8ToBytes(`${key}@${v}`))
    const view = new DataView(bytes.buffer, bytes.byteOffset)
    high ^= view.getUint32(0)
    low ^= view.getUint32(4)
  }
  return [high >>> 0, low >>> 0]
}

export function joinDigests([high, low]: RowsDigest, [otherHigh, otherLow]: RowsDigest): RowsDigest {
  return [(high ^ otherHigh) >>> 0, (low ^ otherLow) >>> 0]
}

/** 16 hex digits. */
export function digestText([high, low]: RowsDigest): string {
  return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0')
}

/** As the digest names rows. */
export const digestKeys = {
  record: (kind: string, id: string): string => `${kind}/${id}`,
  segment: (storeId: string, month: string): string => `segment/${storeId}/${month}`,
  order: (orderId: string): string => `order/${orderId}`,
}
