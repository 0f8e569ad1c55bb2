import type { Chance } from './chance.ts'
import type { Coverage } from './coverage.ts'
import type { Device } from './device/device.ts'
import type { Ledger } from './ledger.ts'
import type { Mutant } from './mutants/mutant.ts'
import type { Line, Network } from './network.ts'
import type { Scheduler } from './scheduler.ts'
import type { MemoryDatabase } from './server/memory-database.ts'
import type { Peek } from './server/peek.ts'
import type { SimServer } from './server/sim-server.ts'

/** A shop with its devices, the network and the server, in one run. */
export type World = {
  readonly scheduler: Scheduler
  /** The stream of chance of the step that is being done. */
  chance(): Chance
  readonly coverage: Coverage
  readonly network: Network
  /** Added to the true time: the server's clock. */
  serverClockOffsetMs: number
  readonly server: SimServer
  /** The server's tables; null where they are PostgreSQL's. */
  readonly database: MemoryDatabase | null
  readonly peek: Peek
  readonly devices: Device[]
  readonly ledger: Ledger
  newId(): string
  /** How good every line is that has no trouble of its own. */
  line: Line
  /** The mistake that this run makes; null: none. */
  readonly mutant: Mutant | null
  /** A rule is broken: the run has failed. */
  fail(rule: string, what: string): void
}
