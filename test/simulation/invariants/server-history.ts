import type { ServerView } from '../server/memory-database.ts'
import type { SegmentSums, StoredOrder, StoredRecord } from '../server/tables.ts'
import type { Watch } from './invariant.ts'

/** One state of a synced row. */
export type RowState<T> = { readonly v: number; readonly row: T }

/** Every state that a synced row has had in this life of the server, oldest first. */
export type ServerHistory = {
  readonly records: ReadonlyMap<string, readonly RowState<StoredRecord>[]>
  readonly orders: ReadonlyMap<string, readonly RowState<StoredOrder>[]>
  readonly segments: ReadonlyMap<string, readonly RowState<SegmentSums>[]>
}

const tables = ['records', 'orders', 'segments'] as const

export function keepHistory(view: ServerView, watch: Watch): ServerHistory {
  const history = { records: new Map(), orders: new Map(), segments: new Map() }
  const note = (table: (typeof tables)[number], key: string, row: { readonly v: number }): void => {
    const states = history[table].get(key)
    const state = { v: row.v, row }
    if (!states) history[table].set(key, [state])
    else if (states.at(-1).v === row.v) states[states.length - 1] = state
    else states.push(state)
  }
  const restart = (): void => {
    for (const table of tables) {
      history[table].clear()
      for (const [key, row] of view.list(table)) note(table, key, row)
    }
  }
  restart()
  watch.onServerRestored(restart)
  watch.onServerCommit((changes) => {
    for (const table of tables)
      for (const [key, row] of changes.get(table) ?? [])
        if (row !== undefined) note(table, key, row as { readonly v: number })
  })
  return history
}

/** As it was at a version; undefined where it was not there yet. */
export function stateAt<T>(states: readonly RowState<T>[], v: number): RowState<T> | undefined {
  return states.findLast((state) => state.v <= v)
}
