import { createHash, pbkdf2, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import type { Staff } from '#domain/catalogue.ts'

/** Without 0 O 1 I L and vowels: nothing to mix up, no words. 27⁸ codes, 10 minutes, rate-limited. */
const codeLetters = '23456789BCDFGHJKMNPQRSTVWXZ'

export function newEnrolmentCode(): string {
  return Array.from({ length: 8 }, () => codeLetters[randomInt(codeLetters.length)]).join('')
}

/** As a person types it: any case, with spaces or hyphens. */
export function normaliseCode(typed: string): string {
  return typed.toUpperCase().replace(/[\s-]/g, '')
}

export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

export function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

export function isSameSecret(left: string, right: string): boolean {
  return timingSafeEqual(hashOf(left), hashOf(right))
}

const pinIterations = 210_000

/** PBKDF2-HMAC-SHA-256 with OWASP's count (2023): the device checks PINs with WebCrypto, which has nothing stronger. */
export async function hashPin(pin: string): Promise<NonNullable<Staff['pin']>> {
  const salt = randomBytes(16)
  const hash = await promisify(pbkdf2)(pin, salt, pinIterations, 32, 'sha256')
  return { salt: salt.toString('base64'), iterations: pinIterations, hash: hash.toString('base64') }
}
