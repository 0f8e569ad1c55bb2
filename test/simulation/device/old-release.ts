import type { PushRequest, PushRequestV1 } from '#protocol/push.ts'
import { fromColumns } from '#sync/run-columns.ts'
import type { Procedure } from '../network.ts'

/** [P7] What release 0.1 sends of the same journal: operations one by one, and the protocol's first number. */
export function asOldRelease(procedure: Procedure, request: object): object {
  if (procedure !== 'push') return { ...request, protocol: 1 }
  const push = request as PushRequest
  const operations = fromColumns(push, push.payloads)
  if (operations === null) throw new Error('A batch does not come out as it went in.')
  const old: PushRequestV1 = {
    protocol: 1,
    installId: push.installId,
    operations: operations.map(({ installId: _, ...operation }) => operation),
    signature: push.signature,
  }
  return old
}
