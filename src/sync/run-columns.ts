import { chainLink, operationHash, sha256Hex } from './journal.ts'
import type { Operation } from './operation.ts'

/** [P1] A run of a journal as it travels: the n-th entries belong together; the payloads travel beside it as one text. */
export type RunColumns = {
  readonly installId: string
  readonly firstSeq: number
  /** Of the operation before the first; the chain's seed where there is none. */
  readonly previousChain: string
  readonly opIds: readonly string[]
  readonly kinds: readonly string[]
  readonly kindVersions: readonly number[]
  readonly actorIds: readonly (string | null)[]
  readonly occurredAts: readonly number[]
  /** Of the last operation. */
  readonly chain: string
}

/** Canonical JSON writes a line feed inside a text as \n, so a raw one is free to part payloads. */
const PAYLOAD_END = '\n'

/** `operations`: at least one, consecutive. */
export function toColumns(
  operations: readonly Operation[],
  previousChain: string,
): { readonly columns: RunColumns; readonly payloadText: string } {
  const [first, last] = [operations[0]!, operations.at(-1)!]
  return {
    columns: {
      installId: first.installId,
      firstSeq: first.seq,
      previousChain,
      opIds: operations.map(({ opId }) => opId),
      kinds: operations.map(({ kind }) => kind),
      kindVersions: operations.map(({ kindVersion }) => kindVersion),
      actorIds: operations.map(({ actorId }) => actorId),
      occurredAts: operations.map(({ occurredAt }) => occurredAt),
      chain: last.chain,
    },
    payloadText: operations.map(({ payload }) => payload).join(PAYLOAD_END),
  }
}

/**
 * The operations again, their hashes and chains made anew; null where the columns do not fit together or the chain comes
 * out as another: the batch was damaged on its way. `hash`: hex SHA-256 of a text's UTF-8 bytes.
 */
export function fromColumns(
  columns: RunColumns,
  payloadText: string,
  hash: (text: string) => string = sha256Hex,
): Operation[] | null {
  const { installId, firstSeq, opIds, kinds, kindVersions, actorIds, occurredAts } = columns
  const payloads = payloadText.split(PAYLOAD_END)
  const isSquare = [kinds, kindVersions, actorIds, occurredAts, payloads].every(
    (column) => column.length === opIds.length,
  )
  if (!isSquare) return null
  let chain = columns.previousChain
  const operations = opIds.map((opId, index): Operation => {
    const envelope = {
      opId,
      installId,
      seq: firstSeq + index,
      kind: kinds[index]!,
      kindVersion: kindVersions[index]!,
      actorId: actorIds[index]!,
      occurredAt: occurredAts[index]!,
      payload: payloads[index]!,
    }
    const operationsHash = operationHash(envelope, hash)
    chain = chainLink(chain, operationsHash, hash)
    return { ...envelope, hash: operationsHash, chain }
  })
  return chain === columns.chain ? operations : null
}
