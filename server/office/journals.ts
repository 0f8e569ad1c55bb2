import { hash as sha } from 'node:crypto'
import type { PublicKey } from '#protocol/enrolment.ts'
import type { JournalProof } from '#protocol/devices.ts'
import { emptyJournal, verifyRun } from '#sync/journal.ts'
import type { JournalHead, Operation } from '#sync/operation.ts'
import type { Database, Tx } from '../database/pool.ts'
import { isSignedBy } from '../use-cases/signature.ts'

const OPERATIONS_AT_ONCE = 1_000

export type JournalOwner = {
  readonly installId: string
  readonly registerId: string | null
  readonly registerName: string
  readonly storeName: string
  readonly publicKey: PublicKey
  readonly head: JournalHead
}

export type SignedChain = { readonly seq: number; readonly chain: string; readonly signature: string }

/** [I3] Reads every journal of the tenant again and checks each hash, the chain, and the devices' signatures. */
export async function verifyJournals(database: Database, tenantId: string): Promise<JournalProof[]> {
  const owners = await database.asTenant(tenantId, listOwners)
  const proofs: JournalProof[] = []
  for (const owner of owners) proofs.push(await verifyJournal(database, tenantId, owner))
  return proofs
}

async function verifyJournal(
  database: Database,
  tenantId: string,
  owner: JournalOwner,
): Promise<JournalProof> {
  const { installId, registerId, registerName, storeName, publicKey, head } = owner
  let at = emptyJournal(installId)
  let signedSeq = 0
  let parkedCount = 0
  let broken: JournalProof['broken'] = null
  for await (const page of journalPages(database, tenantId, installId)) {
    const run = verifyRun(at, page.operations, sha256Hex)
    if (!run.ok) {
      broken = { seq: run.atSeq, reason: run.reason }
      break
    }
    const chains = new Map(page.operations.map((operation) => [operation.seq, operation.chain]))
    const forged = await firstForged(publicKey, page.signatures, chains)
    if (forged !== null) {
      broken = { seq: forged, reason: 'signature' }
      break
    }
    signedSeq = Math.max(signedSeq, ...page.signatures.map(({ seq }) => seq))
    parkedCount += page.parkedCount
    at = run.head
  }
  if (broken === null && (at.seq !== head.seq || at.chain !== head.chain))
    broken = { seq: at.seq + 1, reason: 'head' }
  const isIntact = broken === null
  return {
    ...{ installId, registerId, registerName, storeName, isIntact, broken, parkedCount, signedSeq },
    heldSeq: head.seq,
    chain: at.chain,
    checkedAt: Date.now(),
  }
}

async function firstForged(
  key: PublicKey,
  signatures: readonly SignedChain[],
  chains: ReadonlyMap<number, string>,
): Promise<number | null> {
  for (const { seq, chain, signature } of signatures) {
    const isOurs = chains.get(seq) === chain && (await isSignedBy(key, `evertill-push:${chain}`, signature))
    if (!isOurs) return seq
  }
  return null
}

type OwnerRow = {
  install_id: string
  register_id: string | null
  register_name: string | null
  store_name: string | null
  public_key: PublicKey
  last_seq: number
  last_chain: string
}

/** Every install of the tenant that ever wrote, in the sequence in which they were enrolled. */
export async function listOwners(tx: Tx): Promise<JournalOwner[]> {
  const rows = await tx.query<OwnerRow>(
    `select i.install_id, i.register_id, r.doc ->> 'name' as register_name, s.doc ->> 'name' as store_name, i.public_key,
       i.last_seq, i.last_chain
     from install i
     left join record r on r.kind = 'register' and r.id = i.register_id::text
     left join record s on s.kind = 'store' and s.id = i.store_id::text
     order by i.enrolled_at, i.install_id`,
  )
  return rows.map((row) => ({
    installId: row.install_id,
    registerId: row.register_id,
    registerName: row.register_name ?? 'Office',
    storeName: row.store_name ?? '',
    publicKey: row.public_key,
    head: { seq: row.last_seq, chain: row.last_chain },
  }))
}

export type JournalPage = {
  readonly operations: readonly Operation[]
  readonly signatures: readonly SignedChain[]
  readonly parkedCount: number
}

type OperationRow = {
  seq: number
  op_id: string
  kind: string
  kind_version: number
  actor_id: string | null
  occurred_ms: number
  payload: string
  hash: string
  chain: string
  status: 'applied' | 'parked'
}

/** One install's journal in pieces, in order: a big one never stands in memory whole. */
export async function* journalPages(
  database: Database,
  tenantId: string,
  installId: string,
): AsyncGenerator<JournalPage> {
  for (let after = 0; ; after += OPERATIONS_AT_ONCE) {
    const page = await database.asTenant(tenantId, (tx) => readPage(tx, installId, after))
    if (page.operations.length > 0) yield page
    if (page.operations.length < OPERATIONS_AT_ONCE) return
  }
}

async function readPage(tx: Tx, installId: string, after: number): Promise<JournalPage> {
  const range = [installId, after, after + OPERATIONS_AT_ONCE]
  const rows = await tx.query<OperationRow>(
    `select seq, op_id, kind, kind_version, actor_id, (extract(epoch from occurred_at) * 1000)::float8 as occurred_ms,
       payload, hash, chain, status
     from operation where install_id = $1 and seq > $2 and seq <= $3 order by seq`,
    range,
  )
  const signatures = await tx.query<SignedChain>(
    'select seq, chain, signature from batch_signature where install_id = $1 and seq > $2 and seq <= $3 order by seq',
    range,
  )
  return {
    operations: rows.map((row) => ({
      opId: row.op_id,
      installId,
      seq: row.seq,
      kind: row.kind,
      kindVersion: row.kind_version,
      actorId: row.actor_id,
      occurredAt: Math.round(row.occurred_ms),
      payload: row.payload,
      hash: row.hash,
      chain: row.chain,
    })),
    signatures,
    parkedCount: rows.filter(({ status }) => status === 'parked').length,
  }
}

function sha256Hex(text: string): string {
  return sha('sha256', text)
}
