import { createHash, createPublicKey, verify } from 'node:crypto'
import { type Held, type HeldInstall, type HeldOperation, repeatedIn, type Violation } from './held.ts'

/**
 * [I3] Each journal is 1…n without a gap, every hash and chain is what its bytes make it, and the devices' signatures cover
 * it. Counted here afresh from SHA-256 and the envelope: nothing of the product's own check is used.
 */
export function journalViolations(held: Held): Violation[] {
  const doubled = repeatedIn(held.operations.map(({ opId }) => opId))
  const byInstall = Map.groupBy(held.operations, ({ installId }) => installId)
  return [
    ...doubled.map((opId) => ({ rule: 'I2' as const, what: `operation ${opId} is held twice` })),
    ...held.installs.flatMap((install) => {
      const operations = byInstall.get(install.installId) ?? []
      return [...chainViolations(install, operations), ...signatureViolations(held, install, operations)]
    }),
  ]
}

export function hashOf(operation: Omit<HeldOperation, 'hash' | 'chain' | 'status' | 'flags' | 'v'>): string {
  const { actorId, installId, kind, kindVersion, occurredAt, opId, payload, seq } = operation
  // RFC 8785 of flat text and whole numbers: the names in order, as JSON writes them.
  return sha256(JSON.stringify({ actorId, installId, kind, kindVersion, occurredAt, opId, payload, seq }))
}

export function chainOf(previous: string, hash: string): string {
  return sha256(previous + hash)
}

export function seedOf(installId: string): string {
  return sha256(`evertill-journal:${installId}`)
}

function chainViolations(install: HeldInstall, operations: readonly HeldOperation[]): Violation[] {
  const { installId, lastSeq, lastChain } = install
  const found: Violation[] = []
  let chain = seedOf(installId)
  let v = 0
  for (const [index, operation] of operations.entries()) {
    const at = `${installId} ${operation.seq}`
    if (operation.seq !== index + 1)
      return [...found, { rule: 'I3', what: `${at} stands where ${index + 1} should` }]
    if (operation.hash !== hashOf(operation))
      found.push({ rule: 'I3', what: `${at} has other bytes than its hash` })
    chain = chainOf(chain, operation.hash)
    if (operation.chain !== chain) return [...found, { rule: 'I3', what: `${at} breaks the chain` }]
    if (operation.v < v) found.push({ rule: 'I3', what: `${at} became visible before the one ahead of it` })
    v = operation.v
  }
  if (lastSeq !== operations.length || lastChain !== chain)
    found.push({
      rule: 'I3',
      what: `${installId} says it ends at ${lastSeq} and ends at ${operations.length}`,
    })
  return found
}

function signatureViolations(
  { signatures }: Held,
  { installId, publicKey }: HeldInstall,
  operations: readonly HeldOperation[],
): Violation[] {
  const own = signatures.filter((signature) => signature.installId === installId)
  const key = createPublicKey({ key: { ...publicKey }, format: 'jwk' })
  const found = own
    .filter(({ seq, chain, signature }) => {
      const isOurs = verify(
        'sha256',
        Buffer.from(`evertill-push:${chain}`),
        { key, dsaEncoding: 'ieee-p1363' },
        Buffer.from(signature, 'base64url'),
      )
      return !isOurs || operations[seq - 1]?.chain !== chain
    })
    .map(({ seq }): Violation => ({
      rule: 'I3',
      what: `${installId} never signed its journal as it is up to ${seq}`,
    }))
  const signedSeq = Math.max(0, ...own.map(({ seq }) => seq))
  if (signedSeq < operations.length)
    found.push({
      rule: 'I3',
      what: `${installId} signed up to ${signedSeq} of ${operations.length} operations`,
    })
  return found
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
