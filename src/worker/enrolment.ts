import { failed, type Result, success } from '#domain/failure.ts'
import { enrolRequest } from '#protocol/enrolment.ts'
import type { Identity } from '../storage/enrolment.ts'
import type { Store } from '../storage/store.ts'
import { readEnrolAnswer } from '../transport/answers.ts'
import { callForResult, unreachable } from '../transport/call.ts'
import type { WorkerDependencies } from './dependencies.ts'

const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const

/**
 * *Online.* Redeems the one-time code with the key of this browser and stores the enrolment. Key and id are stored before
 * they are sent: where the answer gets lost, the same code works again for them.
 */
export async function enrolDevice(
  { store, api, clock }: WorkerDependencies,
  code: string,
  newInstallId: string,
): Promise<Result<null>> {
  if ((await store.loadInstall()) !== null) return alreadyEnrolled
  const { installId, pair } = (await store.loadIdentity()) ?? (await makeIdentity(store, newInstallId))
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey)
  const request = { code: code.trim(), installId, publicKey: { kty: 'EC', crv: 'P-256', x, y } } as const
  if (!enrolRequest.safeParse(request).success) return notACode
  const answered = await callForResult(() => api.enrolment.enrol.mutate(request))
  if (!answered.ok) return answered
  const answer = readEnrolAnswer(answered.value)
  if (answer === null) return unreachable()
  const { tenantId, kind, storeId, registerId, epoch, receiptSeries } = answer
  const install = { installId, tenantId, kind, storeId, registerId, enrolledAt: clock() }
  await store.saveEnrolment({ install, epoch, receiptSeries })
  await store.restoreBallast()
  return success(null)
}

async function makeIdentity(store: Store, installId: string): Promise<Identity> {
  const pair = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify'])
  return store.keepIdentity({ installId, pair })
}

/** Base64url ECDSA signature (r‖s) over the UTF-8 bytes of a text, by this device's key. */
export async function signText(store: Store, text: string): Promise<string> {
  const identity = await store.loadIdentity()
  if (identity === null) throw new Error('This device has no signing key.')
  const bytes = new TextEncoder().encode(text)
  const signature = await crypto.subtle.sign(
    { name: 'ECDSA', hash: 'SHA-256' },
    identity.pair.privateKey,
    bytes,
  )
  return base64Url(new Uint8Array(signature))
}

function base64Url(bytes: Uint8Array): string {
  const text = btoa(String.fromCharCode(...bytes))
  return text.replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
}

const alreadyEnrolled = failed(
  'enrolment/done-already',
  'This device is enrolled already.',
  'Forget the enrolment in the settings first.',
)

const notACode = failed(
  'enrolment/unknown-code',
  'This is not a code.',
  'Check the letters, or make a new code.',
)
