import { Gunzip } from 'fflate'

const pieceBytes = 64 * 1024
/** Header and trailer of RFC 1952. */
const leastBytes = 18

export type GunzipOutcome =
  | { readonly kind: 'done'; readonly bytes: Uint8Array }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'damaged' }

/**
 * Unpacks one gzip member and stops as soon as more than `mostBytes` came out, so a small file cannot fill the memory.
 * Checks length and CRC-32 of RFC 1952 itself, as fflate does not: a flipped bit must not change an amount unseen.
 */
export function gunzipBounded(packed: Uint8Array, mostBytes: number): GunzipOutcome {
  if (packed.length < leastBytes) return { kind: 'damaged' }
  const pieces: Uint8Array[] = []
  let length = 0
  const gunzip = new Gunzip((piece) => {
    pieces.push(piece)
    length += piece.length
  })
  try {
    for (let at = 0; at < packed.length; at += pieceBytes) {
      gunzip.push(packed.subarray(at, at + pieceBytes), at + pieceBytes >= packed.length)
      if (length > mostBytes) return { kind: 'too-large' }
    }
  } catch {
    return { kind: 'damaged' }
  }
  const bytes = joined(pieces, length)
  const trailer = new DataView(packed.buffer, packed.byteOffset + packed.length - 8, 8)
  const isWhole = trailer.getUint32(4, true) === length >>> 0 && trailer.getUint32(0, true) === crc32(bytes)
  return isWhole ? { kind: 'done', bytes } : { kind: 'damaged' }
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    bytes.set(piece, at)
    at += piece.length
  }
  return bytes
}

const crcTable = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value
})

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (let at = 0; at < bytes.length; at++)
    crc = (crc >>> 8) ^ (crcTable[(crc ^ (bytes[at] ?? 0)) & 0xff] ?? 0)
  return (crc ^ 0xffffffff) >>> 0
}
