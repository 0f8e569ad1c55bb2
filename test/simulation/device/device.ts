import type { InstallRow, JournalRow, MetaRows, SyncRow } from '../../../src/storage/rows.ts'
import type { Room } from '../../../src/storage/room.ts'
import type { Store } from '../../../src/storage/store.ts'
import type { Storage } from '../../../src/storage/tables.ts'
import type { Line } from '../network.ts'
import type { Owner } from '../scheduler.ts'
import { createMemoryDisk, type DiskImage, type MemoryDisk } from '../storage/memory-disk.ts'

/** An open tab of the app, or the service worker: the product's own code over the profile's disk. */
export type Tab = {
  readonly device: Device
  readonly owner: Owner
  readonly store: Store
  readonly storage: Storage
  readonly room: Room
  readonly sync: {
    /** Push and pull now. */
    wake(): void
  }
  /** Who is signed in here. */
  staffId: string | null
  closeConnection(): void
}

/** A browser profile on some tablet: what is on its disk, its clock, and the tabs that are open. */
export type Device = {
  readonly name: string
  disk: MemoryDisk
  room: DeviceRoom
  readonly tabs: Tab[]
  /** Added to the true time; what the device says is information only. */
  clockOffsetMs: number
  /** Overrides the world's line; null: the world's. */
  line: Line | null
  /** The app that its tabs run: 1 is release 0.1, which pushes as it did then and cannot read. */
  release: 1 | 2
  /** Who waits for the answer to a push. */
  readonly pushing: Set<Owner>
  /** Who holds the profile's Web Lock. */
  lockHolder: Owner | null
  /** Somebody copied this profile, or put an earlier state of the disk back. */
  wasTampered: boolean
}

export type DeviceRoom = Room & {
  hasBallastNow: boolean
  /** The disk is so full that giving up the ballast does not help. */
  isHopeless: boolean
  /** [C5] Space ran out, and orders of others may have been dropped: counts the times. */
  gaveWay: number
}

/** `image`: what is on its disk already, where it is a copy of another. */
export function createDevice(name: string, image?: DiskImage): Device {
  const disk = createMemoryDisk(image)
  const device: Device = {
    name,
    disk,
    room: createRoom(() => device.disk),
    tabs: [],
    clockOffsetMs: 0,
    line: null,
    release: 2,
    pushing: new Set(),
    lockHolder: null,
    wasTampered: image !== undefined,
  }
  return device
}

function createRoom(disk: () => MemoryDisk): DeviceRoom {
  const room: DeviceRoom = {
    hasBallastNow: true,
    isHopeless: false,
    gaveWay: 0,
    hasBallast: async () => room.hasBallastNow,
    restoreBallast: async () => {
      if (!disk().isFull()) room.hasBallastNow = true
      return room.hasBallastNow
    },
    dropBallast: async () => {
      if (room.hasBallastNow && !room.isHopeless) disk().setFull(false)
      room.hasBallastNow = false
    },
    dropPictures: async () => {
      room.gaveWay += 1
    },
    loadUse: async () => ({ usedBytes: null, quotaBytes: null, isPersisted: null }),
  }
  return room
}

/** A row of `meta` as it is on the disk now; null where there is none. */
export function metaOf<Key extends keyof MetaRows>(disk: MemoryDisk, key: Key): MetaRows[Key] | null {
  const row = disk.tableOf('meta').get(`"${key}`) as { value: MetaRows[Key] } | undefined
  return row?.value ?? null
}

export function installOf(device: Device): InstallRow | null {
  return metaOf(device.disk, 'install')
}

export function journalOf(device: Device): JournalRow | null {
  return metaOf(device.disk, 'journal')
}

export function syncOf(device: Device): SyncRow | null {
  return metaOf(device.disk, 'sync')
}

/** The rows of a table on the disk. */
export function rowsOn<T>(disk: MemoryDisk, table: Parameters<MemoryDisk['tableOf']>[0]): T[] {
  return [...disk.tableOf(table).values()] as T[]
}
