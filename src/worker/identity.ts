import type { PublicKey } from '#protocol/enrolment.ts'
import { base64Of, bytesOf } from '../storage/base64.ts'
import type { Identity } from '../storage/enrolment.ts'
import type { Store } from '../storage/store.ts'
import type { DeviceIdentity } from './sync-ports.ts'

const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const
const signing = { name: 'ECDSA', hash: 'SHA-256' } as const

/** The key of this browser. Its private half cannot be exported: the browser holds it. */
export function createIdentity(store: Store, newId: () => string): DeviceIdentity {
  return {
    sign: (text) => signText(store, text),
    renew: async () => {
      const { installId, pair } =
        (await store.loadIdentity('rejoining')) ??
        (await store.keepIdentity(await makeIdentity(newId()), 'rejoining'))
      return { installId, publicKey: await publicKeyOf(pair) }
    },
  }
}

export async function makeIdentity(installId: string): Promise<Identity> {
  return { installId, pair: await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify']) }
}

export async function publicKeyOf(pair: CryptoKeyPair): Promise<PublicKey> {
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey)
  return { kty: 'EC', crv: 'P-256', x, y }
}

/** Whether a signature (base64url r‖s) over the UTF-8 bytes of a text is a key's. */
export async function isSignedBy(key: PublicKey, text: string, signature: string): Promise<boolean> {
  try {
    const imported = await crypto.subtle.importKey('jwk', key, algorithm, false, ['verify'])
    const bytes = bytesOf(signature.replace(/-/g, '+').replace(/_/g, '/'))
    return await crypto.subtle.verify(signing, imported, bytes, new TextEncoder().encode(text))
  } catch {
    // Not a point on the curve, or not base64: no signature of this key.
    return false
  }
}

async function signText(store: Store, text: string): Promise<string> {
  const identity = await store.loadIdentity()
  if (identity === null) throw new Error('This device has no signing key.')
  const bytes = new TextEncoder().encode(text)
  const signature = await crypto.subtle.sign(signing, identity.pair.privateKey, bytes)
  return base64Url(new Uint8Array(signature))
}

function base64Url(bytes: Uint8Array): string {
  return base64Of(bytes).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
}
