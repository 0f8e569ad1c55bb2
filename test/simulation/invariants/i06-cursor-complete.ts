import type { OrderRow, PackRow, RecordRow, SegmentRow, SyncRow } from '../../../src/storage/rows.ts'
import { type Device, installOf, rowsOn, syncOf } from '../device/device.ts'
import { textOf } from '../canonical-text.ts'
import type { World } from '../world.ts'
import type { Invariant } from './invariant.ts'
import { keepHistory, type RowState, type ServerHistory, stateAt } from './server-history.ts'

export const cursorComplete: Invariant = {
  rule: 'I6',
  says: 'rows held, less the overlay, equal the rows of the server at v ≤ cursor in scope',
  watch: (world, watch) => {
    const view = world.database?.view
    if (!view) return
    const history = keepHistory(view, watch)
    // What was read from a database that is no more says nothing about this one, until all is loaded again.
    const read = new Map<Device, number>()
    const seenCursor = new Map<Device, number>()
    let life = 0
    watch.onServerRestored(() => {
      life += 1
    })
    const unknownLife = (): number => (life === 0 ? 0 : life - 1)
    watch.onDiskReplaced((device) => read.set(device, unknownLife()))
    // [C5] What gave way for want of space comes back with the next load.
    const gaveWay = new Map<Device, number>()
    watch.onDiskCommit((device, changes) => {
      const sync = syncOf(device)
      if (!sync || !changes.get('meta')?.has('"sync')) return
      const isNew = !read.has(device)
      if (isNew && device.wasTampered) read.set(device, unknownLife())
      else if (sync.load?.after === null || isNew) {
        read.set(device, life)
        gaveWay.set(device, device.room.gaveWay)
      }
      const isNews =
        seenCursor.get(device) !== sync.cursor || rowTables.some((table) => changes.get(table)?.size)
      seenCursor.set(device, sync.cursor)
      if (
        !isNews ||
        sync.load !== null ||
        read.get(device) !== life ||
        sync.epoch !== view.get('life', '')!.epoch
      )
        return
      checkDevice(world, device, sync, history, gaveWay.get(device) === device.room.gaveWay)
    })
  },
}

const rowTables = ['records', 'segments', 'orders', 'packs'] as const

type Held = { readonly v: number; readonly text: string | null }

function checkDevice(
  world: World,
  device: Device,
  sync: SyncRow,
  history: ServerHistory,
  hasItsHistory: boolean,
): void {
  const install = installOf(device)
  if (!install) return
  const isOffice = install.kind === 'office'
  const inScope = (storeId: string | null): boolean =>
    isOffice || storeId === null || storeId === install.storeId
  const fail = (what: string): void => world.fail('I6', `${device.name} at ${sync.cursor}: ${what}`)

  const records = new Map(
    rowsOn<RecordRow>(device.disk, 'records').map((row): [string, Held] => {
      const doc = row.pulled ? row.pulled.doc : row.doc
      return [`${row.kind}/${row.id}`, { v: row.v, text: doc && textOf(doc) }]
    }),
  )
  compare(sync.cursor, history.records, records, fail, (row) => ({
    isThere: !row.isDeleted && inScope(row.storeId),
    text: textOf(row.doc),
  }))

  const segments = new Map(
    rowsOn<SegmentRow>(device.disk, 'segments').map((row): [string, Held] => [
      `${row.storeId}/${row.month}`,
      { v: row.v, text: textOf(row.segment.included) },
    ]),
  )
  compare(sync.cursor, history.segments, segments, fail, (row) => ({
    isThere: inScope(row.storeId),
    text: textOf(row.included),
  }))

  if (isOffice || !hasItsHistory) return
  const since = sync.ordersSince ?? '9999-99-99'
  compare(sync.cursor, history.orders, heldOrders(device, sync), fail, ({ order }) => ({
    isThere: order.businessDay >= since && order.storeId === install.storeId,
    text: null,
  }))
}

/** A row of the present load counts more than a pack; rows of an earlier one say nothing about this server. */
function heldOrders(device: Device, { generation }: SyncRow): Map<string, Held> {
  const held = new Map<string, Held>()
  for (const { pack, ...row } of rowsOn<PackRow>(device.disk, 'packs'))
    if (row.generation === generation)
      for (const [index, orderId] of pack.orderIds.entries())
        held.set(orderId, { v: pack.vs[index]!, text: null })
  for (const { orderId, v, ...row } of rowsOn<OrderRow>(device.disk, 'orders'))
    if (row.generation === generation)
      held.set(orderId, { v: Math.max(v, held.get(orderId)?.v ?? 0), text: null })
  return held
}

/** A row read late in a first load may be newer than the cursor: then it is one of its later states. */
function compare<T>(
  cursor: number,
  history: ReadonlyMap<string, readonly RowState<T>[]>,
  held: ReadonlyMap<string, Held>,
  fail: (what: string) => void,
  read: (row: T) => { readonly isThere: boolean; readonly text: string | null },
): void {
  for (const [key, states] of history) {
    const at = stateAt(states, cursor)
    const row = held.get(key)
    // What changed again after the page was cut comes with a later one, in its last state only.
    const isToCome = states.at(-1)!.v > cursor
    if (isToCome || (row !== undefined && row.v > cursor)) continue
    const isThere = at !== undefined && read(at.row).isThere
    if (isThere && row?.v !== at.v) fail(`${key} is held at ${row?.v}, the server had it at ${at.v}`)
    if (at !== undefined && !isThere && row !== undefined && row.v > 0 && row.text !== null)
      fail(`${key} is held at ${row.v}, and is not there or out of scope since ${at.v}`)
  }
  for (const [key, { v, text }] of held) {
    if (v === 0 || text === null) continue
    const state = history.get(key)?.find((each) => each.v === v)
    if (!state) fail(`${key} is held at ${v}, which it never had`)
    else if (read(state.row).text !== text) fail(`${key} at ${v} is another than the server's`)
  }
}
