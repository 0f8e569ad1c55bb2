import { failed, success, type Result } from '#domain/failure.ts'
import { isUuid } from '#domain/id.ts'
import type { PushRequest, PushRequestV1 } from '#protocol/push.ts'
import { chainLink, operationHash } from '#sync/journal.ts'
import type { Operation } from '#sync/operation.ts'
import { fromColumns } from '#sync/run-columns.ts'
import { hash } from 'node:crypto'
import type { InstallState, Packing, VerifySignature } from './ports.ts'

/** A run of consecutive operations of one install, whole and signed by its key. */
type SignedRun = { readonly operations: readonly Operation[]; readonly signature: string }

/** 500 operations of 2,000 lines each would be more; a device splits its batches long before. */
const MOST_PAYLOAD_BYTES = 16 * 2 ** 20

/**
 * [P1] [P7] The operations of a push, of whichever protocol, with hashes and chains made anew. Failures: `push/damaged`,
 * `push/bad-signature`; nothing of either may be stored.
 */
export async function readPush(
  { packing, verify }: { readonly packing: Packing; readonly verify: VerifySignature },
  install: InstallState,
  request: PushRequest | PushRequestV1,
): Promise<Result<SignedRun>> {
  const operations =
    'operations' in request ? readRun(install, request) : await readColumns(packing, install, request)
  if (operations === null) return damaged
  const { chain } = operations.at(-1)!
  const { signature } = request
  if (!(await verify(install.publicKey, `evertill-push:${chain}`, signature))) return badSignature
  return success({ operations, signature })
}

async function readColumns(
  packing: Packing,
  { installId }: InstallState,
  request: PushRequest,
): Promise<readonly Operation[] | null> {
  const payloadText = await packing.inflate(request.payloads, MOST_PAYLOAD_BYTES)
  if (payloadText === null || !request.opIds.every(isUuid)) return null
  return orNull(() => fromColumns({ ...request, installId }, payloadText, sha256Hex))
}

function readRun({ installId }: InstallState, request: PushRequestV1): readonly Operation[] | null {
  const operations = request.operations.map((operation): Operation => ({ ...operation, installId }))
  const isWhole = orNull(() =>
    operations.every((operation, index) => {
      const before = operations[index - 1]
      return (
        isUuid(operation.opId) &&
        operation.hash === operationHash(operation, sha256Hex) &&
        // What the first one is chained to is known where the journal is.
        (before === undefined ||
          (operation.seq === before.seq + 1 &&
            operation.chain === chainLink(before.chain, operation.hash, sha256Hex)))
      )
    }),
  )
  return isWhole ? operations : null
}

/** Canonical JSON throws on text that is none (lone surrogates), which no device of ours can have hashed. */
function orNull<T>(read: () => T): T | null {
  try {
    return read()
  } catch {
    return null
  }
}

/** Several times as fast as the one that runs everywhere. */
function sha256Hex(text: string): string {
  return hash('sha256', text, 'hex')
}

const damaged = failed(
  'push/damaged',
  'These sales were damaged on their way.',
  'Nothing to do: they are sent again.',
)

const badSignature = failed(
  'push/bad-signature',
  'These sales are not signed by the key of this device.',
  'Export the journal and enrol the device again.',
)
