import type { IngestStore } from '../../../server/use-cases/ports.ts'
import type { Mutant } from '../mutants/mutant.ts'
import type { Interleaving } from '../network.ts'
import { firstRecords } from '../shop.ts'
import { createMemoryChanges } from './memory-changes.ts'
import { createMemoryDatabase, type MemoryDatabase, type ServerPace } from './memory-database.ts'
import { createMemoryIngest, inOrderOfCommits } from './memory-ingest.ts'
import { createMemoryOffice } from './office.ts'
import { type Peek, standingOf } from './peek.ts'
import type { ServerParts } from './server-parts.ts'
import { dumpState } from './state-dump.ts'

/** Where a server's rows lie. */
export type Backing = {
  /** Null where they are PostgreSQL's. */
  readonly database: MemoryDatabase | null
  readonly interleaving: Interleaving
  readonly peek: Peek
  setUp(epoch: string): Promise<void>
  makeParts(pace: ServerPace, clock: () => number): Pick<ServerParts, 'ingest' | 'changes' | 'office'>
  /** The same ingest over another database. */
  makeIngest: ((of: MemoryDatabase, pace: ServerPace) => IngestStore) | null
}

/** Small, so that the rows of a small shop fill several pages. */
const smallPages = { records: 9, orders: 5, segments: 2 }
/** As PostgreSQL's stores have them; a simulated shop never fills one. */
const wholePages = { records: 2_000, orders: 1_000, segments: 12 }

/** `isWhole`: requests one after the other and large pages, so that a run goes as one on PostgreSQL goes. */
export function memoryBacking({
  mutant = null,
  isWhole = false,
}: {
  readonly mutant?: Mutant | null
  readonly isWhole?: boolean
}): Backing {
  const database = createMemoryDatabase()
  const versions = mutant?.versions?.() ?? inOrderOfCommits
  const makeIngest = (of: MemoryDatabase, pace: ServerPace): IngestStore => {
    const ingest = createMemoryIngest(of, pace, versions)
    return mutant?.ingest?.(ingest) ?? ingest
  }
  return {
    database,
    interleaving: isWhole ? 'request by request' : 'statement by statement',
    peek: { standing: async () => standingOf(database.view), dump: async () => dumpState(database.view) },
    setUp: async (epoch) => setUpShop(database, epoch),
    makeParts: (pace, clock) => ({
      ingest: makeIngest(database, pace),
      changes: createMemoryChanges(database, pace, clock, isWhole ? wholePages : smallPages),
      office: createMemoryOffice(database, pace, versions, clock),
    }),
    makeIngest,
  }
}

function setUpShop(database: MemoryDatabase, epoch: string): void {
  const records = firstRecords.map(({ kind, id, doc }): [string, unknown] => [
    `${kind}/${id}`,
    { kind, id, doc, v: 1, storeId: null, isDeleted: false, writers: {} },
  ])
  database.restore(
    new Map([
      ['life', new Map([['', { epoch, v: 1, compactedV: 0 }]])],
      ['records', new Map(records)],
    ]),
  )
}
