import { canonicalJson } from '#sync/canonical-json.ts'
import { appendOperation } from '#sync/journal.ts'
import type { Operation } from '#sync/operation.ts'
import { acceptOperations } from '../../server/use-cases/accept-operations.ts'
import type { IngestStore } from '../../server/use-cases/ports.ts'
import type { ServerChanges } from './invariants/invariant.ts'
import {
  createMemoryDatabase,
  type MemoryDatabase,
  type ServerImage,
  type ServerPace,
  type ServerView,
} from './server/memory-database.ts'
import { dumpState, hashOf, type ServerState } from './server/state-dump.ts'
import { type InstallRow, type OperationRow, type ServerTable } from './server/tables.ts'
import { plainPacking, signWith, verifySignature } from './signer.ts'
import type { World } from './world.ts'

/** What was committed at a server, in sequence, since it was made or put back. */
export type CommitLog = { readonly first: ServerImage; readonly commits: readonly ServerChanges[] }

export function keepLog(database: MemoryDatabase): { log(): CommitLog; restart(): void } {
  let first = database.image()
  let commits: ServerChanges[] = []
  database.onCommit(
    (changes) => void commits.push(new Map([...changes].map(([table, rows]) => [table, new Map(rows)]))),
  )
  return {
    log: () => ({ first, commits }),
    restart: () => {
      first = database.image()
      commits = []
    },
  }
}

/** Fields that say what time it was for somebody, and what follows from them. */
const informational = new Set([
  'occurredAt',
  'openedAt',
  'closedAt',
  'parkedAt',
  'at',
  'raisedAt',
  'hash',
  'chain',
])

/**
 * [I13] The same operations in the same sequence, from devices whose clocks said something else: what the server holds
 * then must be the same, informational fields aside. `makeIngest` is that of the run.
 */
export async function checkOtherClocks(
  world: World,
  { first, commits }: CommitLog,
  makeIngest: (database: MemoryDatabase, pace: ServerPace) => IngestStore,
): Promise<void> {
  if (!world.database) return
  const database = createMemoryDatabase()
  database.restore(first)
  const pace: ServerPace = { step: () => Promise.resolve(), onDeath: () => undefined }
  const ingest = makeIngest(database, pace)
  for (const commit of commits) {
    const rows = [...(commit.get('operations')?.values() ?? [])] as OperationRow[]
    // What is tried again after an upgrade moves no journal.
    const isBatch = rows.length > 0 && commit.has('installs')
    if (isBatch)
      await pushAgain(
        database,
        ingest,
        rows.map(({ operation }) => operation),
        world.scheduler.now,
      )
    else await copyCommit(database, pace, commit)
  }
  const [here, there] = [comparable(world.database), comparable(database)]
  if (hashOf(here) === hashOf(there)) return
  for (const table of Object.keys(here))
    for (const [index, row] of here[table]!.entries()) {
      const [one, other] = [canonicalJson(row), canonicalJson(there[table]![index] ?? null)]
      if (one !== other) return world.fail('I13', `${table}: ${one.slice(0, 500)} ≠ ${other.slice(0, 500)}`)
    }
  world.fail('I13', 'with other clocks the server holds something else')
}

async function pushAgain(
  database: MemoryDatabase,
  store: IngestStore,
  operations: readonly Operation[],
  clock: () => number,
): Promise<void> {
  const { installId } = operations[0]!
  const row = database.view.get('installs', installId)!
  let { head } = row
  const inSequence = operations.toSorted((one, other) => one.seq - other.seq)
  const again = inSequence.map(({ opId, kind, kindVersion, actorId, occurredAt, payload }): Operation => {
    const facts = {
      opId,
      installId,
      kind,
      kindVersion,
      actorId,
      occurredAt: otherTime(occurredAt, opId),
    }
    const appended = appendOperation(head, {
      ...facts,
      // [P3] What stands there since before the log began comes again as it stands there.
      payload: JSON.parse(payloadHeld(database, opId) ?? withOtherTimes(payload, opId)),
    })
    head = appended.head
    return appended.operation
  })
  const answer = await acceptOperations(
    { store, packing: plainPacking, verify: verifySignature, clock },
    {
      protocol: 1,
      installId,
      operations: again.map(({ installId: _, ...operation }) => operation),
      signature: signWith(row.publicKey, `evertill-push:${head.chain}`),
    },
  )
  if (!answer.ok || answer.value.status !== 'accepted')
    throw new Error(`not taken again: ${JSON.stringify(answer)}`)
}

/** Another difference for each operation, so that which was first by the clocks is another too. */
function otherTime(time: number, opId: string): number {
  const hours = (Number.parseInt(opId.slice(-4), 16) % 4000) - 2000
  return time + hours * 3_600_000
}

function payloadHeld({ view }: MemoryDatabase, opId: string): string | undefined {
  const key = view.get('operationIds', opId)
  return key === undefined ? undefined : view.get('operations', key)?.operation.payload
}

function withOtherTimes(payload: string, opId: string): string {
  return JSON.stringify(
    JSON.parse(payload, (name, value: unknown) =>
      informational.has(name) && typeof value === 'number' ? otherTime(value, opId) : value,
    ),
  )
}

function copyCommit(database: MemoryDatabase, pace: ServerPace, commit: ServerChanges): Promise<void> {
  return database.transact(pace, async (tx) => {
    for (const [table, rows] of commit)
      for (const [key, value] of rows) {
        if (value === undefined) tx.delete(table, key)
        else tx.set(table as ServerTable, key, withOwnJournal(tx, table, key, value) as never)
      }
  })
}

/** What was pushed again has other hashes: where the journals stand, and what is in them, stays as it is here. */
function withOwnJournal(tx: ServerView, table: ServerTable, key: string, value: unknown): unknown {
  if (table === 'installs') {
    const row = value as InstallRow
    return { ...row, head: tx.get('installs', key)?.head ?? row.head }
  }
  if (table !== 'operations') return value
  const row = value as OperationRow
  return { ...row, operation: tx.get('operations', key)?.operation ?? row.operation }
}

function comparable({ view }: MemoryDatabase): ServerState {
  return JSON.parse(
    JSON.stringify(dumpState(view, { asText: false, withVersions: false })),
    (name, value: unknown) => (informational.has(name) ? undefined : value),
  ) as ServerState
}
