/** A UUID of version 7 (RFC 9562 §5.7): sorts by time, unique by 74 of the 128 random bits that are given. */
export function uuidV7(nowMs: number, random16Bytes: Uint8Array): string {
  const bytes = firstSixteen(random16Bytes)
  let rest = nowMs
  for (let place = 5; place >= 0; place -= 1) {
    bytes[place] = rest % 256
    rest = Math.floor(rest / 256)
  }
  return written(bytes, 7)
}

/** A UUID of version 8 (RFC 9562 §5.8) from the first 16 bytes of a hash: the same input always has the same id. */
export function uuidV8FromHash(hash: Uint8Array): string {
  return written(firstSixteen(hash), 8)
}

/** Whether a text is a UUID of any version as this product writes it: lower case, with hyphens. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
}

function firstSixteen(bytes: Uint8Array): Uint8Array {
  if (bytes.length < 16) throw new RangeError(`An id is made of 16 bytes, not ${bytes.length}`)
  return bytes.slice(0, 16)
}

function written(bytes: Uint8Array, version: number): string {
  bytes[6] = (bytes[6]! & 0x0f) | (version << 4)
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
