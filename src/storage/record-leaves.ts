import type { RecordKind } from '#domain/catalogue.ts'
import { byId, inKeyOrder, keyText, type RecordId, recordIdOf } from './record-key.ts'
import { answer, endedEarly, queryOf } from './requests.ts'
import type { RecordRow } from './rows.ts'
import type { Key, Range } from './tables.ts'

/*
 * How `records` rest on the disk: those that came by the hundred a hundred to a leaf, as IndexedDB costs by the record and not by
 * the byte; what came or changed by itself as a row of its own, which counts more than the leaf's. Leaves of a kind never
 * overlap. A row that is gone while a leaf may still have it leaves a hole.
 */

/** The browser's stores that the table `records` is made of. */
export const recordStores = ['records', 'recordLeaves'] as const
export const leafKey = '[kind+firstId]'

export type RecordTable = {
  get(key: Key): Promise<RecordRow | undefined>
  getMany(keys: readonly Key[]): Promise<(RecordRow | undefined)[]>
  list(range: Range): Promise<RecordRow[]>
  put(rows: readonly RecordRow[]): void
  delete(keys: readonly Key[]): void
  clear(): void
  /** What has to be done before the transaction may be committed; null where nothing is left. */
  pending(): Promise<void> | null
}

type Hole = RecordId & { readonly isGone: true }
type Leaf = {
  readonly kind: RecordKind
  readonly firstId: string
  readonly lastId: string
  readonly rows: readonly RecordRow[]
}

/** Of which a shop has thousands. */
const leafedKinds: readonly RecordKind[] = ['customer', 'product']
const MOST_ROWS_A_LEAF = 100
export const LEAST_ROWS_FOR_LEAVES = 50
/** Keys for which a leaf each is looked up; for more, all leaves between them are read. */
const MOST_LOOK_UPS = 4
const LEAVES_AT_ONCE = 6

export function recordTable(tx: IDBTransaction): RecordTable {
  const rows = tx.objectStore('records')
  const leaves = tx.objectStore('recordLeaves')
  /** Leaves that are being merged; whatever comes after waits for it. */
  let merging: Promise<void> | null = null

  const inTurn = <T>(read: () => Promise<T>): Promise<T> => (merging === null ? read() : merging.then(read))
  const write = (work: () => void): void => {
    if (merging === null) work()
    else afterMerging(async () => work())
  }
  const afterMerging = (work: () => Promise<void>): void => {
    const turn = (merging ?? Promise.resolve()).then(work)
    // Whoever commits hears of it.
    turn.catch(() => undefined)
    merging = turn
  }

  const putSingly = (single: readonly RecordRow[]): void => {
    for (const row of single) rows.put(row)
  }
  const putInLeaves = async (kind: RecordKind, came: readonly RecordRow[]): Promise<void> => {
    const sorted = came.toSorted(byId)
    const [first, last] = [sorted[0]!.id, sorted.at(-1)!.id]
    const [held, ownKeys] = await Promise.all([
      leavesBetween(leaves, kind, first, last),
      answer<[string, string][]>(rows.getAllKeys(IDBKeyRange.bound([kind, first], [kind, last]))),
    ])
    const newIds = new Set(sorted.map(({ id }) => id))
    const merged = [...held.flatMap((leaf) => leaf.rows.filter(({ id }) => !newIds.has(id))), ...sorted]
    for (const leaf of held) leaves.delete([kind, leaf.firstId])
    for (const leaf of leavesOf(kind, merged.sort(byId))) leaves.put(leaf)
    for (const key of ownKeys) if (newIds.has(key[1])) rows.delete(key)
  }

  return {
    get: (key) => inTurn(async () => (await find(rows, leaves, [key]))[0]),
    getMany: (keys) => inTurn(() => find(rows, leaves, keys)),
    list: (range) => inTurn(() => listMerged(rows, leaves, range)),
    put(came) {
      const many = leafedKinds
        .map((kind) => [kind, came.filter((row) => row.kind === kind)] as const)
        .filter(([, ofKind]) => ofKind.length >= LEAST_ROWS_FOR_LEAVES)
      const inLeaves = new Set(many.map(([kind]) => kind))
      const single = inLeaves.size === 0 ? came : came.filter(({ kind }) => !inLeaves.has(kind))
      write(() => putSingly(single))
      for (const [kind, ofKind] of many) afterMerging(() => putInLeaves(kind, ofKind))
    },
    delete: (keys) =>
      write(() => {
        for (const key of keys) {
          const { kind, id } = recordIdOf(key)
          if (leafedKinds.includes(kind)) rows.put({ kind, id, isGone: true } satisfies Hole)
          else rows.delete([kind, id])
        }
      }),
    clear: () =>
      write(() => {
        rows.clear()
        leaves.clear()
      }),
    pending: () => merging,
  }
}

async function find(
  rows: IDBObjectStore,
  leaves: IDBObjectStore,
  keys: readonly Key[],
): Promise<(RecordRow | undefined)[]> {
  const own = await Promise.all(
    keys.map((key) => answer<RecordRow | Hole | undefined>(rows.get(key as IDBValidKey))),
  )
  const missing = keys
    .filter((_, index) => own[index] === undefined)
    .map(recordIdOf)
    .filter(({ kind }) => leafedKinds.includes(kind))
  const inLeaves = new Map<string, RecordRow>()
  for (const leaf of await leavesWith(leaves, missing))
    for (const row of leaf.rows) inLeaves.set(keyText(row), row)
  return own.map((row, index) => {
    if (row === undefined) return inLeaves.get(keyText(recordIdOf(keys[index]!)))
    return 'isGone' in row ? undefined : row
  })
}

async function leavesWith(leaves: IDBObjectStore, ids: readonly RecordId[]): Promise<readonly Leaf[]> {
  if (ids.length <= MOST_LOOK_UPS) {
    const found = await Promise.all(ids.map(({ kind, id }) => leafAt(leaves, kind, id)))
    return found.filter((leaf) => leaf !== null)
  }
  const ofKinds = leafedKinds.map((kind) => {
    const sorted = ids.filter((each) => each.kind === kind).toSorted(byId)
    return sorted.length === 0 ? [] : leavesBetween(leaves, kind, sorted[0]!.id, sorted.at(-1)!.id)
  })
  return (await Promise.all(ofKinds)).flat()
}

/** The leaf in whose range the id is. */
function leafAt(leaves: IDBObjectStore, kind: RecordKind, id: string): Promise<Leaf | null> {
  return new Promise((resolve, reject) => {
    const request = leaves.openCursor(IDBKeyRange.bound([kind, ''], [kind, id]), 'prev')
    request.onerror = () => reject(request.error ?? endedEarly())
    request.onsuccess = () => {
      const leaf = request.result?.value as Leaf | undefined
      resolve(leaf !== undefined && leaf.lastId >= id ? leaf : null)
    }
  })
}

/** Those that have room between the ids, or rows. */
async function leavesBetween(
  leaves: IDBObjectStore,
  kind: RecordKind,
  firstId: string,
  lastId: string,
  most?: number,
): Promise<Leaf[]> {
  const [before, others] = await Promise.all([
    leafAt(leaves, kind, firstId),
    answer<Leaf[]>(leaves.getAll(IDBKeyRange.bound([kind, firstId], [kind, lastId]), most)),
  ])
  return before === null || before.firstId === others[0]?.firstId ? others : [before, ...others]
}

function leavesOf(kind: RecordKind, sorted: readonly RecordRow[]): Leaf[] {
  const made: Leaf[] = []
  for (let start = 0; start < sorted.length; start += MOST_ROWS_A_LEAF) {
    const part = sorted.slice(start, start + MOST_ROWS_A_LEAF)
    made.push({ kind, firstId: part[0]!.id, lastId: part.at(-1)!.id, rows: part })
  }
  return made
}

/** Goes through rows and leaves side by side, as far as both have been read each time. */
async function listMerged(rows: IDBObjectStore, leaves: IDBObjectStore, range: Range): Promise<RecordRow[]> {
  const { to, most = Infinity } = range
  const listed: RecordRow[] = []
  for (let from = range.from; listed.length < most;) {
    const own = await answer<(RecordRow | Hole)[]>(
      rows.getAll(
        queryOf({ ...(from && { from }), ...(to && { to }) }),
        most === Infinity ? undefined : most,
      ),
    )
    const leafed = await leafRows(leaves, { from, to, isWhole: most === Infinity })
    const ends = [own.length === most ? own.at(-1) : undefined, leafed.isCut ? leafed.rows.at(-1) : undefined]
    const end = ends.filter((row) => row !== undefined).toSorted(inKeyOrder)[0]
    const taken = new Map<string, RecordRow | Hole>()
    for (const row of [...leafed.rows, ...own])
      if (end === undefined || inKeyOrder(row, end) <= 0) taken.set(keyText(row), row)
    const live = [...taken.values()].filter((row): row is RecordRow => !('isGone' in row))
    listed.push(...live.sort(inKeyOrder))
    if (end === undefined) break
    from = [end.kind, `${end.id}\u0000`]
  }
  return listed.length > most ? listed.slice(0, most) : listed
}

async function leafRows(
  leaves: IDBObjectStore,
  {
    from,
    to,
    isWhole,
  }: { readonly from: Key | undefined; readonly to: Key | undefined; readonly isWhole: boolean },
): Promise<{ readonly rows: RecordRow[]; readonly isCut: boolean }> {
  const start = from === undefined ? null : recordIdOf(from)
  const end = to === undefined ? null : recordIdOf(to)
  const isIn = (row: RecordId): boolean =>
    (!start || inKeyOrder(row, start) >= 0) && (!end || inKeyOrder(row, end) <= 0)
  const found: RecordRow[] = []
  for (const kind of leafedKinds) {
    if ((start && kind < start.kind) || (end && kind > end.kind)) continue
    const firstId = start?.kind === kind ? start.id : ''
    const lastId = end?.kind === kind ? end.id : '\uffff'
    const read = await leavesBetween(leaves, kind, firstId, lastId, isWhole ? undefined : LEAVES_AT_ONCE)
    for (const leaf of read) for (const row of leaf.rows) if (isIn(row)) found.push(row)
    if (!isWhole && read.length >= LEAVES_AT_ONCE) return { rows: found, isCut: true }
  }
  return { rows: found, isCut: false }
}
