import type { Failure } from '#domain/failure.ts'
import type { ApiClient } from './api-client.ts'
import { readNonce, readToken } from './answers.ts'
import { call, type CallOutcome } from './call.ts'

export type DeviceToken = {
  /** The token, fetched where none is held; null where it cannot be had now. */
  get(): Promise<string | null>
  /** Throws the held one away after it was refused. */
  drop(): void
  /** Why the server refused the last fetch; null where it gave a token or was silent. */
  refusal(): Failure | null
}

export type Signer = {
  /** Null before enrolment. */
  readonly installId: () => Promise<string | null>
  /** Base64url ECDSA signature over the UTF-8 bytes of the text. */
  readonly sign: (text: string) => Promise<string>
}

/** Holds the device's short-lived token, which it gets by signing a nonce: no clock of the device is involved. */
export function createDeviceToken(api: () => ApiClient, signer: Signer): DeviceToken {
  let held: string | null = null
  let underWay: Promise<Fetched> | null = null
  let refusal: Failure | null = null
  return {
    get: async () => {
      if (held !== null) return held
      underWay ??= fetchToken(api(), signer).finally(() => {
        underWay = null
      })
      const fetched = await underWay
      refusal = fetched.kind === 'refused' ? fetched.failure : null
      held = fetched.kind === 'token' ? fetched.token : null
      return held
    },
    drop: () => {
      held = null
    },
    refusal: () => refusal,
  }
}

type Fetched =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'refused'; readonly failure: Failure }
  | { readonly kind: 'silent' }

const silent: Fetched = { kind: 'silent' }

async function fetchToken(api: ApiClient, { installId, sign }: Signer): Promise<Fetched> {
  const id = await installId()
  if (id === null) return silent
  const challenged = await call(() => api.device.challenge.mutate({ installId: id }))
  if (challenged.kind !== 'answer') return withoutAnswer(challenged)
  const nonce = readNonce(challenged.value)
  if (nonce === null) return silent
  const signature = await sign(`evertill-token:${nonce}`)
  const answered = await call(() => api.device.token.mutate({ installId: id, nonce, signature }))
  if (answered.kind !== 'answer') return withoutAnswer(answered)
  if (!answered.value.ok) return { kind: 'refused', failure: answered.value.failure }
  const token = readToken(answered.value.value)
  return token === null ? silent : { kind: 'token', token }
}

function withoutAnswer(outcome: Exclude<CallOutcome<unknown>, { kind: 'answer' }>): Fetched {
  return outcome.kind === 'retry' ? silent : { kind: 'refused', failure: outcome.failure }
}
