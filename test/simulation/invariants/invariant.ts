import type { TableName } from '../../../src/storage/tables.ts'
import type { Device } from '../device/device.ts'
import type { Came, Request } from '../network.ts'
import type { ServerTable } from '../server/tables.ts'
import type { World } from '../world.ts'

export type ServerChanges = ReadonlyMap<ServerTable, ReadonlyMap<string, unknown>>
export type DiskChanges = ReadonlyMap<TableName, ReadonlyMap<string, unknown>>

/** What there is to look at, as it happens. */
export type Watch = {
  onServerCommit(listener: (changes: ServerChanges) => void): void
  /** The server's database was put back or made anew. */
  onServerRestored(listener: () => void): void
  onDiskCommit(listener: (device: Device, changes: DiskChanges) => void): void
  /** A disk is another than it was: lost, put back, copied. */
  onDiskReplaced(listener: (device: Device) => void): void
  onAnswer(listener: (request: Request, came: Came) => void): void
  /** Everything has arrived everywhere, and nothing is under way. */
  atRest(look: () => void | Promise<void>): void
}

/** One rule of the guide; what breaks it goes to `world.fail`. */
export type Invariant = {
  readonly rule: string
  readonly says: string
  watch(world: World, watch: Watch): void
}
