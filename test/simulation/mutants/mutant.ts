import type { Storage } from '../../../src/storage/tables.ts'
import type { SyncServer } from '../../../src/worker/sync-server.ts'
import type { IngestStore } from '../../../server/use-cases/ports.ts'
import type { VersionSource } from '../server/memory-ingest.ts'

/** A mistake that has been made elsewhere, put around the ports of the product; the invariants must see it. */
export type Mutant = {
  readonly says: string
  /** Around one tab's database. */
  storage?(storage: Storage): Storage
  /** Around one tab's way to the server. */
  server?(server: SyncServer, storage: Storage): SyncServer
  /** Hears which message's signature is looked at. */
  verify?(message: string): void
  /** Around the server's stores; made once per process. */
  ingest?(ingest: IngestStore): IngestStore
  /** In place of the order of commits; made once per run. */
  versions?(): VersionSource
}
