import type { Operation } from '#sync/operation.ts'
import { foldOverlays, type OverlayChange, overlaysOf } from '#sync/overlay-of.ts'
import type { OrderRow, RecordRow, SyncRow } from '../../../src/storage/rows.ts'
import { type Device, installOf, rowsOn, syncOf } from '../device/device.ts'
import { textOf } from '../canonical-text.ts'
import type { World } from '../world.ts'
import type { DiskChanges, Invariant } from './invariant.ts'

type Seen = {
  installId: string | null
  sync: SyncRow | null
  readonly rows: Map<string, { generation: number; v: number }>
  readonly refunded: Map<string, Refunded>
}

/** `life`: the epoch, and how often the server had been put back, when the order was last seen as refunded. */
type Refunded = { readonly life: string; readonly isGone: boolean }

export const neverBack: Invariant = {
  rule: 'I7',
  says: 'cursor, row version, status and ackedSeq never go back within an epoch, and a device always sees its own writes',
  watch: (world, watch) => {
    const seen = new Map<Device, Seen>()
    let timesPutBack = 0
    watch.onServerRestored(() => {
      timesPutBack += 1
    })
    watch.onDiskReplaced((device) => void seen.delete(device))
    watch.onDiskCommit((device, changes) => {
      const before = seen.get(device) ?? newSeen()
      seen.set(device, before)
      checkSync(world, device, before, timesPutBack > 0)
      checkRows(world, device, before, { changes, timesPutBack })
      if (changes.has('journal') || changes.has('records') || changes.has('overlays'))
        checkOwnWrites(world, device)
    })
  },
}

function newSeen(): Seen {
  return { installId: null, sync: null, rows: new Map(), refunded: new Map() }
}

/** Only a gap moves the acknowledgement back, and only a server that was put back answers with one. */
function checkSync(world: World, device: Device, seen: Seen, hasGoneBack: boolean): void {
  const [sync, before] = [syncOf(device), seen.sync]
  const installId = installOf(device)?.installId ?? null
  const isSame = installId === seen.installId && sync?.epoch === before?.epoch
  if (sync && before && isSame && sync.generation === before.generation) {
    const goes = (what: 'cursor' | 'pulledSeq' | 'ackedSeq'): void => {
      if (sync[what] < before[what])
        world.fail('I7', `${device.name}: ${what} went from ${before[what]} to ${sync[what]}`)
    }
    goes('cursor')
    if (!hasGoneBack) {
      goes('pulledSeq')
      goes('ackedSeq')
    }
  }
  seen.sync = sync
  seen.installId = installId
}

function checkRows(
  world: World,
  device: Device,
  seen: Seen,
  { changes, timesPutBack }: { readonly changes: DiskChanges; readonly timesPutBack: number },
): void {
  const sync = syncOf(device)
  const life = `${sync?.epoch} ${timesPutBack}`
  for (const table of ['records', 'segments', 'orders'] as const) {
    for (const [key, value] of changes.get(table) ?? []) {
      const name = `${table} ${key}`
      const before = seen.rows.get(name)
      if (value === undefined) {
        seen.rows.delete(name)
        const known = seen.refunded.get(key)
        if (known) seen.refunded.set(key, { ...known, isGone: true })
        continue
      }
      const { generation, v } = value as RecordRow
      if (before && before.generation === generation && v < before.v)
        world.fail('I7', `${device.name}: ${name} went from version ${before.v} to ${v}`)
      seen.rows.set(name, { generation, v })
      if (table !== 'orders') continue
      const { status } = value as OrderRow
      if (status === 'refunded') seen.refunded.set(key, { life, isGone: false })
      else if (isAnew(seen.refunded.get(key), { life, isOfferedAgain: v === 0 && sync?.load !== null }))
        seen.refunded.delete(key)
      else world.fail('I7', `${device.name}: ${name} is ${status} again`)
    }
  }
}

/**
 * The rule holds within a life of the server's database. A new one, or one that was put back, may have lost the refund: an order that
 * has left this device (for want of space [C5], with its load [L6], with its store [L7]) comes as paid until the refund is there too. So it
 * does where a device offers all again and has not loaded the server's version of it yet ([L5]). One that is here stays refunded.
 */
function isAnew(
  known: Refunded | undefined,
  { life, isOfferedAgain }: { readonly life: string; readonly isOfferedAgain: boolean },
): boolean {
  return known === undefined || (known.isGone && (isOfferedAgain || known.life !== life))
}

/** [L3] Laid over what was pulled, in the sequence of the journal. */
function checkOwnWrites(world: World, device: Device): void {
  const sync = syncOf(device)
  if (!sync || sync.load !== null) return
  const own = rowsOn<Operation>(device.disk, 'journal')
    .filter((operation) => operation.seq > sync.pulledSeq)
    .sort((one, other) => one.seq - other.seq)
  const changes = new Map<string, OverlayChange[]>()
  for (const operation of own) {
    for (const { kind, id, change } of overlaysOf(operation)) {
      const key = JSON.stringify([kind, id])
      changes.set(key, [...(changes.get(key) ?? []), change])
    }
  }
  for (const [key, list] of changes) {
    // A copy of this profile may have parked the order that is open here.
    if (device.wasTampered && key.startsWith('["parked-order"')) continue
    const row = device.disk.tableOf('records').get(key) as RecordRow | undefined
    const pulled = row?.pulled ? row.pulled.doc : (row?.doc ?? null)
    const expected = foldOverlays(pulled, list)
    if (textOf(row?.doc ?? null) !== textOf(expected))
      world.fail('I7', `${device.name}: ${key} does not show the own work that is not at the server yet`)
  }
}
