import type { PublicKey } from '#protocol/enrolment.ts'
import { webcrypto } from 'node:crypto'

const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const

/** Whether `signature` (base64url, r‖s) over the UTF-8 bytes of `message` was made by the key's private half. */
export async function isSignedBy(key: PublicKey, message: string, signature: string): Promise<boolean> {
  // `key_ops`, which some platforms leave empty on export, would forbid verifying.
  const { kty, crv, x, y } = key
  try {
    const imported = await webcrypto.subtle.importKey('jwk', { kty, crv, x, y }, algorithm, false, ['verify'])
    return await webcrypto.subtle.verify(
      { name: 'ECDSA', hash: 'SHA-256' },
      imported,
      Buffer.from(signature, 'base64url'),
      new TextEncoder().encode(message),
    )
  } catch {
    // Not a point on the curve, or not base64: not a signature of this key.
    return false
  }
}
