import { hash as sha } from 'node:crypto'
import type { PublicKey } from '#protocol/enrolment.ts'
import type { JournalProof } from '#protocol/devices.ts'
import { emptyJournal, verifyRun } from '#sync/journal.ts'
import type { JournalHead, Operation } from '#sync/operation.ts'
import type { Database, Tx } from '../database/pool.ts'
import { isSignedBy } from '../use-cases/signature.ts'

const OPERATIONS_AT_ONCE = 1_000
const JOURNALS_AT_ONCE = 200

export type JournalOwner = {
  readonly installId: string
  readonly registerId: string | null
  readonly registerName: string
  readonly storeName: string
  readonly publicKey: PublicKey
  readonly head: JournalHead
}

export type SignedChain = { readonly seq: number; readonly chain: string; readonly signature: string }

/**
 * [I3] Reads every journal of the tenant again and checks each hash, the chain, and the devices' signatures. Short journals are
 * read together: most of the time for a thousand of them goes to asking.
 */
export async function verifyJournals(database: Database, tenantId: string): Promise<JournalProof[]> {
  const owners = await database.asTenant(tenantId, (tx) => listOwners(tx))
  const proofs: JournalProof[] = []
  for (const installIds of readTogether(owners))
    proofs.push(...(await database.asTenant(tenantId, (tx) => verifyTogether(tx, installIds), oneMoment)))
  return proofs
}

/** A journal's head, operations and signatures: one that is written meanwhile is not broken. */
const oneMoment = { readOnlySnapshot: true }

function readTogether(owners: readonly JournalOwner[]): string[][] {
  const groups: string[][] = []
  let operations = Infinity
  for (const { installId, head } of owners) {
    operations += head.seq
    const group = groups.at(-1)
    if (group && operations <= OPERATIONS_AT_ONCE && group.length < JOURNALS_AT_ONCE) group.push(installId)
    else {
      groups.push([installId])
      operations = head.seq
    }
  }
  return groups
}

async function verifyTogether(tx: Tx, installIds: readonly string[]): Promise<JournalProof[]> {
  const owners = await listOwners(tx, installIds)
  const firstPages = await readPages(tx, installIds, 0)
  const proofs: JournalProof[] = []
  for (const owner of owners) proofs.push(await verifyJournal(tx, owner, firstPages.get(owner.installId)!))
  return proofs
}

async function verifyJournal(tx: Tx, owner: JournalOwner, firstPage: JournalPage): Promise<JournalProof> {
  const { installId, registerId, registerName, storeName, publicKey, head } = owner
  let at = emptyJournal(installId)
  let signedSeq = 0
  let parkedCount = 0
  let broken: JournalProof['broken'] = null
  for await (const page of pagesBy((after) => (after === 0 ? firstPage : readPage(tx, installId, after)))) {
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

/** Every install of the tenant that ever wrote, or those of them that are asked for, in the sequence in which they were enrolled. */
export async function listOwners(
  tx: Tx,
  installIds: readonly string[] | null = null,
): Promise<JournalOwner[]> {
  const rows = await tx.query<OwnerRow>(
    `select i.install_id, i.register_id, r.doc ->> 'name' as register_name, s.doc ->> 'name' as store_name, i.public_key,
       i.last_seq, i.last_chain
     from install i
     left join record r on r.kind = 'register' and r.id = i.register_id::text
     left join record s on s.kind = 'store' and s.id = i.store_id::text
     where $1::uuid[] is null or i.install_id = any($1)
     order by i.enrolled_at, i.install_id`,
    [installIds],
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
  install_id: string
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
export function journalPages(
  database: Database,
  tenantId: string,
  installId: string,
): AsyncGenerator<JournalPage> {
  return pagesBy((after) => database.asTenant(tenantId, (tx) => readPage(tx, installId, after), oneMoment))
}

async function* pagesBy(
  read: (after: number) => JournalPage | Promise<JournalPage>,
): AsyncGenerator<JournalPage> {
  for (let after = 0; ; after += OPERATIONS_AT_ONCE) {
    const page = await read(after)
    if (page.operations.length > 0) yield page
    if (page.operations.length < OPERATIONS_AT_ONCE) return
  }
}

async function readPage(tx: Tx, installId: string, after: number): Promise<JournalPage> {
  return (await readPages(tx, [installId], after)).get(installId)!
}

/** The next page of each. */
async function readPages(
  tx: Tx,
  installIds: readonly string[],
  after: number,
): Promise<Map<string, JournalPage>> {
  const range = [installIds, after, after + OPERATIONS_AT_ONCE]
  const operations = await tx.query<OperationRow>(
    `select install_id, seq, op_id, kind, kind_version, actor_id,
       (extract(epoch from occurred_at) * 1000)::float8 as occurred_ms, payload, hash, chain, status
     from operation where install_id = any($1::uuid[]) and seq > $2 and seq <= $3 order by install_id, seq`,
    range,
  )
  const signatures = await tx.query<SignedChain & { install_id: string }>(
    `select install_id, seq, chain, signature from batch_signature
     where install_id = any($1::uuid[]) and seq > $2 and seq <= $3 order by install_id, seq`,
    range,
  )
  const operationsOf = Map.groupBy(operations, (row) => row.install_id)
  const signaturesOf = Map.groupBy(signatures, (row) => row.install_id)
  return new Map(installIds.map((id) => [id, pageOf(operationsOf.get(id) ?? [], signaturesOf.get(id) ?? [])]))
}

function pageOf(rows: readonly OperationRow[], signatures: readonly SignedChain[]): JournalPage {
  return {
    operations: rows.map((row) => ({
      opId: row.op_id,
      installId: row.install_id,
      seq: row.seq,
      kind: row.kind,
      kindVersion: row.kind_version,
      actorId: row.actor_id,
      occurredAt: Math.round(row.occurred_ms),
      payload: row.payload,
      hash: row.hash,
      chain: row.chain,
    })),
    signatures: signatures.map(({ seq, chain, signature }) => ({ seq, chain, signature })),
    parkedCount: rows.filter(({ status }) => status === 'parked').length,
  }
}

function sha256Hex(text: string): string {
  return sha('sha256', text)
}
