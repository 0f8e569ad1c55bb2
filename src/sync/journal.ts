import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { canonicalJson } from './canonical-json.ts'
import type { JournalHead, Operation } from './operation.ts'

/** What is known of an operation before it has its place in the journal. */
export type OperationFacts = {
  readonly opId: string
  readonly installId: string
  readonly kind: string
  readonly kindVersion: number
  readonly actorId: string | null
  /** ms since 1970 by the device's clock. */
  readonly occurredAt: number
  /** Any JSON value; it is stored as its canonical text. */
  readonly payload: unknown
}

export type RunCheck =
  | { readonly ok: true; readonly head: JournalHead }
  | { readonly ok: false; readonly atSeq: number; readonly reason: 'gap' | 'hash' | 'chain' }

/** The head of an empty journal: its chain starts from the install's own id, so no two journals share a chain. */
export function emptyJournal(installId: string): JournalHead {
  return { seq: 0, chain: chainSeed(installId) }
}

/** Hex SHA-256 that the first operation of this install is chained to. */
export function chainSeed(installId: string): string {
  return sha256Hex(`evertill-journal:${installId}`)
}

/** [P1] Gives the facts the next place in the journal. Pure: the caller stores the operation and the head together. */
export function appendOperation(
  head: JournalHead,
  facts: OperationFacts,
): { operation: Operation; head: JournalHead } {
  const envelope = { ...facts, seq: head.seq + 1, payload: canonicalJson(facts.payload) }
  const hash = operationHash(envelope)
  const chain = chainLink(head.chain, hash)
  return { operation: { ...envelope, hash, chain }, head: { seq: envelope.seq, chain } }
}

/**
 * Hex SHA-256 over the canonical envelope: everything but `hash` and `chain`, the payload as its text. `hash` is SHA-256 of
 * a text's UTF-8 bytes in hex: a server's own is several times as fast as the one that runs everywhere.
 */
export function operationHash(
  envelope: Omit<Operation, 'hash' | 'chain'>,
  hash: (text: string) => string = sha256Hex,
): string {
  const { opId, installId, seq, kind, kindVersion, actorId, occurredAt, payload } = envelope
  return hash(canonicalJson({ opId, installId, seq, kind, kindVersion, actorId, occurredAt, payload }))
}

/** Checks that a run follows `head` without a gap, that nothing in it was changed, and that its chain holds. */
export function verifyRun(
  head: JournalHead,
  operations: readonly Operation[],
  hash: (text: string) => string = sha256Hex,
): RunCheck {
  let { seq, chain } = head
  for (const operation of operations) {
    seq += 1
    if (operation.seq !== seq) return { ok: false, atSeq: seq, reason: 'gap' }
    if (operation.hash !== operationHash(operation, hash)) return { ok: false, atSeq: seq, reason: 'hash' }
    chain = chainLink(chain, operation.hash, hash)
    if (operation.chain !== chain) return { ok: false, atSeq: seq, reason: 'chain' }
  }
  return { ok: true, head: { seq, chain } }
}

/** Both parts as UTF-8 text of their lower-case hex. */
export function chainLink(
  previousChain: string,
  operationsHash: string,
  hash: (text: string) => string = sha256Hex,
): string {
  return hash(previousChain + operationsHash)
}

export function sha256Hex(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)))
}
