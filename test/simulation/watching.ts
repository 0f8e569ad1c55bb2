import type { Device } from './device/device.ts'
import type { DiskChanges, ServerChanges, Watch } from './invariants/invariant.ts'
import type { Came, Request } from './network.ts'
import type { World } from './world.ts'
import type { Operation } from '#sync/operation.ts'

export type DiskWatch = {
  /** A new profile: its commits are looked at from now on. */
  added(device: Device): void
  /** Another disk is in the device now. */
  replaced(device: Device): void
}

export type Watching = DiskWatch & {
  readonly watch: Watch
  answered(request: Request, came: Came): void
  serverRestored(): void
  lookAtRest(): Promise<void>
}

/** Tells every invariant what happens, and the ledger what reaches a disk. */
export function createWatching(world: World): Watching {
  const serverCommit: ((changes: ServerChanges) => void)[] = []
  const restored: (() => void)[] = []
  const diskCommit: ((device: Device, changes: DiskChanges) => void)[] = []
  const diskReplaced: ((device: Device) => void)[] = []
  const answers: ((request: Request, came: Came) => void)[] = []
  const rest: (() => void | Promise<void>)[] = []

  const watched = new WeakSet<object>()
  const added = (device: Device): void => {
    const { disk } = device
    if (watched.has(disk)) return
    watched.add(disk)
    disk.onCommit((changes) => {
      for (const operation of changes.get('journal')?.values() ?? [])
        if (operation !== undefined) world.ledger.write(operation as Operation)
      for (const listener of diskCommit) listener(device, changes)
    })
  }
  world.database?.onCommit((changes) => {
    for (const listener of serverCommit) listener(changes)
  })
  return {
    added,
    replaced: (device) => {
      added(device)
      for (const listener of diskReplaced) listener(device)
    },
    answered: (request, came) => {
      for (const listener of answers) listener(request, came)
    },
    serverRestored: () => {
      for (const listener of restored) listener()
    },
    lookAtRest: async () => {
      for (const look of rest) await look()
    },
    watch: {
      onServerCommit: (listener) => void serverCommit.push(listener),
      onServerRestored: (listener) => void restored.push(listener),
      onDiskCommit: (listener) => void diskCommit.push(listener),
      onDiskReplaced: (listener) => void diskReplaced.push(listener),
      onAnswer: (listener) => void answers.push(listener),
      atRest: (look) => void rest.push(look),
    },
  }
}
