import { type TableName, tableKeys } from '../../../src/storage/tables.ts'
import type { TableChanges, TableData } from './table-data.ts'

export type Durability = 'strict' | 'relaxed'
export type Changes = ReadonlyMap<TableName, TableChanges>

/** Everything that a browser profile holds; rows are frozen, so images share them. */
export type DiskImage = ReadonlyMap<TableName, ReadonlyMap<string, unknown>>

/** What outlives tabs and browsers: one profile's database, as its transactions left it. */
export type MemoryDisk = {
  tableOf(table: TableName): TableData
  /** All at once; strict ones are on the disk then, and everything before them. */
  commit(changes: Changes, durability: Durability): void
  /** Loses the last `most` relaxed commits that no strict one followed; answers how many there were to lose. */
  powerCut(most: number): number
  image(): DiskImage
  /** What is written meanwhile fails for want of space; deleting goes on. */
  setFull(isFull: boolean): void
  isFull(): boolean
  /** Who may work on which tables now. */
  readonly line: TransactionLine
  /** Called after each commit. */
  onCommit(listener: (changes: Changes, durability: Durability) => void): void
}

/** IndexedDB's order: a transaction waits for every earlier one that shares a table with it, unless both only read. */
export type TransactionLine = {
  enter(entry: LineEntry): void
  leave(entry: LineEntry): void
}

export type LineEntry = { readonly tables: readonly TableName[]; readonly isWrite: boolean; start(): void }

export function createMemoryDisk(image?: DiskImage): MemoryDisk {
  const tables = new Map<TableName, TableData>(
    (Object.keys(tableKeys) as TableName[]).map((name) => [name, new Map(image?.get(name))]),
  )
  const listeners: ((changes: Changes, durability: Durability) => void)[] = []
  let tail: Changes[] = []
  let isFull = false
  const tableOf = (table: TableName): TableData => tables.get(table)!

  const write = (changes: Changes): Changes => {
    const undo = new Map<TableName, TableChanges>()
    for (const [name, rows] of changes) {
      const data = tableOf(name)
      const before: TableChanges = new Map()
      for (const [key, row] of rows) {
        before.set(key, data.get(key))
        if (row === undefined) data.delete(key)
        else data.set(key, row)
      }
      undo.set(name, before)
    }
    return undo
  }

  return {
    tableOf,
    commit: (changes, durability) => {
      const undo = write(changes)
      if (durability === 'strict') tail = []
      else tail.push(undo)
      for (const listener of listeners) listener(changes, durability)
    },
    powerCut: (most) => {
      const lost = tail.splice(Math.max(0, tail.length - most))
      for (const undo of lost.toReversed()) write(undo)
      tail = []
      return lost.length
    },
    image: () => new Map([...tables].map(([name, data]) => [name, new Map(data)])),
    setFull: (next) => {
      isFull = next
    },
    isFull: () => isFull,
    line: createLine(),
    onCommit: (listener) => void listeners.push(listener),
  }
}

function createLine(): TransactionLine {
  let entries: { readonly entry: LineEntry; isRunning: boolean }[] = []
  const advance = (): void => {
    for (const [index, place] of entries.entries()) {
      if (place.isRunning || entries.slice(0, index).some(({ entry }) => collide(entry, place.entry)))
        continue
      place.isRunning = true
      place.entry.start()
    }
  }
  return {
    enter: (entry) => {
      entries.push({ entry, isRunning: false })
      advance()
    },
    leave: (entry) => {
      entries = entries.filter((place) => place.entry !== entry)
      advance()
    },
  }
}

function collide(one: LineEntry, other: LineEntry): boolean {
  if (!one.isWrite && !other.isWrite) return false
  return one.tables.some((table) => other.tables.includes(table))
}
