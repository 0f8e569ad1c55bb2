import type { Staff } from '#domain/catalogue.ts'

/** Whether a PIN is the one whose PBKDF2-SHA-256 the record holds. Takes about 0.1 s on a tablet: guessing is meant to be slow. */
export async function isPinOf(record: NonNullable<Staff['pin']>, pin: string): Promise<boolean> {
  const { salt, iterations, hash } = record
  const expected = bytesOf(hash)
  const material = await crypto.subtle.importKey('raw', new TextEncoder().encode(pin), 'PBKDF2', false, [
    'deriveBits',
  ])
  const algorithm = { name: 'PBKDF2', hash: 'SHA-256', salt: bytesOf(salt), iterations }
  const derived = new Uint8Array(await crypto.subtle.deriveBits(algorithm, material, expected.length * 8))
  return derived.every((byte, index) => byte === expected[index])
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
}
