import { jwtVerify, SignJWT } from 'jose'
import { failed, success, type Result } from '#domain/failure.ts'
import type { IngestStore, InstallState } from './ports.ts'
import { isSignedBy } from './signature.ts'

const challengeMinutes = 2
const tokenMinutes = 60

export type DeviceTokens = {
  challenge(installId: string): Promise<string>
  redeem(request: { installId: string; nonce: string; signature: string }): Promise<Result<{ token: string }>>
  /** The install that a token was made for; null when it is no token of ours, expired or its install revoked. */
  installOf(token: string): Promise<InstallState | null>
}

/**
 * A device proves its key by signing our nonce and gets a bearer token. Only the server's clock is involved: a tablet
 * whose clock is a year off works.
 */
export function createDeviceTokens(store: IngestStore, secret: string): DeviceTokens {
  const key = new TextEncoder().encode(secret)
  const make = (purpose: 'challenge' | 'device', installId: string, minutes: number): Promise<string> =>
    new SignJWT({ purpose })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(installId)
      .setIssuedAt()
      .setExpirationTime(`${minutes}m`)
      .sign(key)
  const read = async (purpose: 'challenge' | 'device', token: string): Promise<string | null> => {
    try {
      const { payload } = await jwtVerify(token, key, { algorithms: ['HS256'] })
      return payload['purpose'] === purpose ? (payload.sub ?? null) : null
    } catch {
      return null
    }
  }

  return {
    challenge: (installId) => make('challenge', installId, challengeMinutes),
    async redeem({ installId, nonce, signature }) {
      const refused = failed('device/refused', 'This device could not prove who it is.', 'Enrol it again.')
      if ((await read('challenge', nonce)) !== installId) return refused
      const install = await store.findInstall(installId)
      if (!install || !(await isSignedBy(install.publicKey, `evertill-token:${nonce}`, signature)))
        return refused
      if (install.isRevoked) {
        return failed(
          'device/revoked',
          'This device was taken out of use.',
          'Ask the owner; what it sold is safe and still arrives.',
        )
      }
      return success({ token: await make('device', installId, tokenMinutes) })
    },
    async installOf(token) {
      const installId = await read('device', token)
      const install = installId === null ? null : await store.findInstall(installId)
      return install && !install.isRevoked ? install : null
    },
  }
}
