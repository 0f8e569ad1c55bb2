import type { Staff } from '#domain/catalogue.ts'
import { base64Of, bytesOf } from '../storage/base64.ts'

type PinRecord = NonNullable<Staff['pin']>

/** OWASP's count for PBKDF2-HMAC-SHA-256 (2023), as the server's. */
const ITERATIONS = 210_000
const SALT_BYTES = 16
const HASH_BYTES = 32

/** Whether a PIN is the one whose PBKDF2-SHA-256 the record holds. Takes about 0.1 s on a tablet: guessing is meant to be slow. */
export async function isPinOf({ salt, iterations, hash }: PinRecord, pin: string): Promise<boolean> {
  const expected = bytesOf(hash)
  const derived = await derive(pin, bytesOf(salt), iterations, expected.length)
  return derived.every((byte, index) => byte === expected[index])
}

/** A new salt each time: equal PINs don't look equal. */
export async function hashPin(pin: string): Promise<PinRecord> {
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES))
  const hash = await derive(pin, salt, ITERATIONS, HASH_BYTES)
  return { salt: base64Of(salt), iterations: ITERATIONS, hash: base64Of(hash) }
}

async function derive(
  pin: string,
  salt: Uint8Array<ArrayBuffer>,
  iterations: number,
  bytes: number,
): Promise<Uint8Array> {
  const material = await crypto.subtle.importKey('raw', new TextEncoder().encode(pin), 'PBKDF2', false, [
    'deriveBits',
  ])
  const algorithm = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations }
  return new Uint8Array(await crypto.subtle.deriveBits(algorithm, material, bytes * 8))
}
