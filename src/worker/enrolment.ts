import { failed, type Result, success } from '#domain/failure.ts'
import type { Store } from '../storage/store.ts'
import { readEnrolAnswer } from '../transport/answers.ts'
import { callForResult, unreachable } from '../transport/call.ts'
import type { WorkerDependencies } from './dependencies.ts'

const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const

/** *Online.* Makes a signing key that cannot leave this browser, redeems the one-time code and stores the enrolment. */
export async function enrolDevice(
  { store, api, clock }: WorkerDependencies,
  code: string,
  installId: string,
): Promise<Result<null>> {
  if ((await store.loadInstall()) !== null) return alreadyEnrolled
  const pair = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify'])
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey)
  const publicKey = { kty: 'EC', crv: 'P-256', x, y } as const
  const answered = await callForResult(() =>
    api.enrolment.enrol.mutate({ code: code.trim().toUpperCase(), installId, publicKey }),
  )
  if (!answered.ok) return answered
  const answer = readEnrolAnswer(answered.value)
  if (answer === null) return unreachable()
  const { tenantId, kind, storeId, registerId, epoch, receiptSeries } = answer
  const install = { installId, tenantId, kind, storeId, registerId, enrolledAt: clock() }
  await store.saveEnrolment({ install, epoch, receiptSeries, pair })
  await askForPersistence()
  return success(null)
}

/** Base64url ECDSA signature (r‖s) over the UTF-8 bytes of a text, by this device's key. */
export async function signText(store: Store, text: string): Promise<string> {
  const key = await store.loadSigningKey()
  if (key === null) throw new Error('This device is not enrolled: it has no signing key.')
  const bytes = new TextEncoder().encode(text)
  const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, bytes)
  return base64Url(new Uint8Array(signature))
}

/** Browsers may throw away what is not marked so; one that says no still works. */
async function askForPersistence(): Promise<void> {
  await navigator.storage.persist?.().catch(() => false)
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
