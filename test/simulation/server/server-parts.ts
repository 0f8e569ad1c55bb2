import type { ChangesStore, IngestStore, VerifySignature } from '../../../server/use-cases/ports.ts'
import type { Office } from './office.ts'

/** What a process of the server works with. */
export type ServerParts = {
  readonly ingest: IngestStore
  readonly changes: ChangesStore
  readonly office: Office
  readonly verify: VerifySignature
  /** True time, ms since 1970. */
  readonly clock: () => number
  /** A request failed with an error that is no answer: a finding, unless the process was being killed. */
  readonly onError: (error: unknown) => void
}
