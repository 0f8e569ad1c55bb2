import { failed, type Result, success } from '#domain/failure.ts'
import { enrolRequest } from '#protocol/enrolment.ts'
import { scopeOf } from '#protocol/pull.ts'
import { readEnrolAnswer } from '../transport/answers.ts'
import { callForResult, unreachable } from '../transport/call.ts'
import type { WorkerDependencies } from './dependencies.ts'
import { makeIdentity, publicKeyOf } from './identity.ts'

/**
 * *Online.* Redeems the one-time code with the key of this browser and stores the enrolment. Key and id are stored before
 * they are sent: where the answer gets lost, the same code works again for them. An enrolled device may do it too: a server
 * that was put back to before its enrolment admits it anew, and one that knows it refuses to make it another register.
 */
export async function enrolDevice(
  { store, api, clock }: WorkerDependencies,
  code: string,
  newInstallId: string,
): Promise<Result<null>> {
  const enrolled = await store.loadInstall()
  const { installId, pair } =
    (await store.loadIdentity()) ?? (await store.keepIdentity(await makeIdentity(newInstallId)))
  const heldSeries = await store.loadReceiptSeries()
  const request = { code: code.trim(), installId, publicKey: await publicKeyOf(pair), heldSeries }
  if (!enrolRequest.safeParse(request).success) return notACode
  const answered = await callForResult(() => api.enrolment.enrol.mutate(request))
  if (!answered.ok) return answered
  const answer = readEnrolAnswer(answered.value)
  if (answer === null) return unreachable()
  const { tenantId, kind, storeId, registerId, epoch, receiptSeries } = answer
  if (enrolled !== null) {
    await store.readmit(receiptSeries)
    return success(null)
  }
  const install = { installId, tenantId, kind, storeId, registerId, enrolledAt: clock() }
  const { id: scopeId } = scopeOf(storeId, registerId)
  await store.saveEnrolment({ install, epoch, scopeId, receiptSeries })
  await store.restoreBallast()
  return success(null)
}

const notACode = failed(
  'enrolment/unknown-code',
  'This is not a code.',
  'Check the letters, or make a new code.',
)
