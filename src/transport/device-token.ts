import type { ApiClient } from './api-client.ts'
import { readNonce, readToken } from './answers.ts'
import { call, type CallOutcome, unreachable } from './call.ts'

export type DeviceToken = {
  /** The token, fetched where none is held; null where it cannot be had now. */
  get(): Promise<string | null>
  /** Throws the held one away after it was refused. */
  drop(): void
  /** Why the last fetch brought none. */
  withheld(): Withheld
}

export type Signer = {
  /** Null before enrolment. */
  readonly installId: () => Promise<string | null>
  /** Base64url ECDSA signature over the UTF-8 bytes of the text. */
  readonly sign: (text: string) => Promise<string>
}

/** Holds the device's short-lived token, which it gets by signing a nonce: no clock of the device is involved. */
export function createDeviceToken(api: () => ApiClient, signer: Signer): DeviceToken {
  let held: { readonly installId: string; readonly token: string } | null = null
  let underWay: { readonly installId: string; readonly fetched: Promise<Fetched> } | null = null
  let withheld = silent
  return {
    get: async () => {
      const installId = await signer.installId()
      if (installId === null) return null
      // [P2] After a fork the device has another id, and what it held was for the old one.
      if (held?.installId === installId) return held.token
      if (underWay?.installId !== installId)
        underWay = { installId, fetched: fetchToken(api(), signer.sign, installId) }
      const mine = underWay
      const fetched = await mine.fetched
      if (underWay === mine) underWay = null
      if (fetched.kind !== 'token') withheld = fetched
      held = fetched.kind === 'token' ? { installId, token: fetched.token } : null
      return held?.token ?? null
    },
    drop: () => {
      held = null
    },
    withheld: () => withheld,
  }
}

type Withheld = Exclude<CallOutcome<never>, { kind: 'answer' | 'unauthorised' }>

type Fetched = { readonly kind: 'token'; readonly token: string } | Withheld

const silent: Withheld = { kind: 'retry', failure: unreachable().failure }

async function fetchToken(api: ApiClient, sign: Signer['sign'], installId: string): Promise<Fetched> {
  const challenged = await call(() => api.device.challenge.mutate({ installId }))
  if (challenged.kind !== 'answer') return withoutAnswer(challenged)
  const nonce = readNonce(challenged.value)
  if (nonce === null) return silent
  const signature = await sign(`evertill-token:${nonce}`)
  const answered = await call(() => api.device.token.mutate({ installId, nonce, signature }))
  if (answered.kind !== 'answer') return withoutAnswer(answered)
  const result: unknown = answered.value
  if (!(result instanceof Object) || !('ok' in result)) return silent
  if (!answered.value.ok) return { kind: 'failure', failure: answered.value.failure }
  const token = readToken(answered.value.value)
  return token === null ? silent : { kind: 'token', token }
}

function withoutAnswer(outcome: Exclude<CallOutcome<unknown>, { kind: 'answer' }>): Withheld {
  return outcome.kind === 'unauthorised' ? { kind: 'failure', failure: outcome.failure } : outcome
}
