import { openDatabase } from '../../src/storage/database.ts'
import { eachPortion } from '../../src/storage/changes-portions.ts'
import type { RecordRow } from '../../src/storage/rows.ts'
import type { Key, ReadTransaction, Storage } from '../../src/storage/tables.ts'
import { seededRandom } from '../bench/sample-order.ts'

type Report = {
  readonly differences: readonly string[]
  readonly leaves: number
  readonly singles: number
  /** Rows that stand in leaves more than once. */
  readonly doubled: number
}

const kinds = ['business', 'category', 'customer', 'parked-order', 'product', 'task'] as const
const idsOfKind = 700

/** The real table beside a plain map: whatever is written to both must be read from both. */
export async function compareRecords(seed: number, steps: number): Promise<Report> {
  const name = `leaves-${seed}`
  const storage = await openDatabase(name)
  const model = new Map<string, RecordRow>()
  const random = seededRandom(seed)
  const int = (below: number): number => Math.floor(random() * below)
  const differences: string[] = []
  const newRow = (kind: (typeof kinds)[number], v: number): RecordRow =>
    ({
      kind,
      id: idOf(int(idsOfKind)),
      generation: 1,
      v,
      doc: { name: `${kind} ${v}` },
    }) as unknown as RecordRow

  for (let step = 0; step < steps; step += 1) {
    const batch: { readonly put: readonly RecordRow[]; readonly gone: readonly RecordRow[] }[] = []
    for (let part = int(3); part >= 0; part -= 1) {
      const kind = int(2) === 0 ? kinds[int(kinds.length)]! : int(2) === 0 ? 'product' : 'customer'
      const count = int(4) === 0 ? 50 + int(400) : 1 + int(6)
      const rows = Array.from({ length: count }, () => newRow(kind, step))
      const unique = [...new Map(rows.map((row) => [row.id, row])).values()]
      batch.push(int(3) > 0 ? { put: unique, gone: [] } : { put: [], gone: unique.slice(0, 8) })
    }
    const isGivenUp = int(8) === 0
    await storage
      .write(['records'], 'relaxed', async (tx) => {
        for (const { put, gone } of batch) {
          tx.put('records', put)
          tx.delete('records', gone.map(keyOf))
        }
        if (isGivenUp) throw new Error('meant')
        // What was written is read in the same transaction.
        for (const { put } of batch) if (put[0] && int(2)) await tx.get('records', keyOf(put[0]))
      })
      .catch((error: Error) => {
        if (error.message !== 'meant') throw error
      })
    if (!isGivenUp)
      for (const { put, gone } of batch) {
        for (const row of put) model.set(textOf(row), row)
        for (const row of gone) model.delete(textOf(row))
      }
    differences.push(...(await differencesOf(storage, model, int)).map((what) => `step ${step}: ${what}`))
    if (differences.length > 0) break
  }
  const report = { differences, ...(await countRaw(name)) }
  storage.close()
  return report
}

async function differencesOf(
  storage: Storage,
  model: ReadonlyMap<string, RecordRow>,
  int: (below: number) => number,
): Promise<string[]> {
  const expected = [...model.values()].toSorted((one, other) => (isBefore(one, other) ? -1 : 1))
  const keys = Array.from({ length: 1 + int(40) }, (): Key => [
    kinds[int(kinds.length)]!,
    idOf(int(idsOfKind)),
  ])
  const [a, b] = [keys[0]!, [kinds[int(kinds.length)]!, idOf(int(idsOfKind))]] as [string[], string[]]
  const [from, to] = a.join('/') < b.join('/') ? [a, b] : [b, a]
  const read = <T>(work: (tx: ReadTransaction) => Promise<T>): Promise<T> => storage.read(['records'], work)
  const inRange = (row: RecordRow): boolean => textOf(row) >= from.join('/') && textOf(row) <= to.join('/')
  const inPortions: RecordRow[] = []
  await eachPortion(
    'records',
    30 + int(300),
    (range) => read((tx) => tx.list('records', range)),
    (rows) => void inPortions.push(...rows),
  )
  const most = 1 + int(50)
  const checks: [string, unknown, unknown][] = [
    ['list', await read((tx) => tx.list('records')), expected],
    ['portions', inPortions, expected],
    ['range', await read((tx) => tx.list('records', { from, to })), expected.filter(inRange)],
    [
      'first of a range',
      await read((tx) => tx.list('records', { from, to, most })),
      expected.filter(inRange).slice(0, most),
    ],
    [
      'getMany',
      await read((tx) => tx.getMany('records', keys)),
      keys.map((key) => model.get((key as string[]).join('/'))),
    ],
    ['get', await read((tx) => tx.get('records', keys[0]!)), model.get((keys[0] as string[]).join('/'))],
  ]
  return checks
    .filter(([, got, wanted]) => JSON.stringify(got) !== JSON.stringify(wanted))
    .map(([what]) => what)
}

function countRaw(name: string): Promise<Omit<Report, 'differences'>> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(name)
    opening.onerror = () => reject(opening.error ?? new Error('not opened'))
    opening.onsuccess = () => {
      const tx = opening.result.transaction(['records', 'recordLeaves'])
      const singles = tx.objectStore('records').count()
      const leaves: IDBRequest<{ rows: RecordRow[] }[]> = tx.objectStore('recordLeaves').getAll()
      tx.oncomplete = () => {
        opening.result.close()
        const texts = leaves.result.flatMap(({ rows }) => rows.map(textOf))
        const doubled = texts.length - new Set(texts).size
        resolve({ leaves: leaves.result.length, singles: singles.result, doubled })
      }
    }
  })
}

function idOf(place: number): string {
  return `${(place * 7919) % 997}-${place}`
}

function keyOf({ kind, id }: RecordRow): Key {
  return [kind, id]
}

function textOf({ kind, id }: RecordRow): string {
  return `${kind}/${id}`
}

function isBefore(one: RecordRow, other: RecordRow): boolean {
  return one.kind === other.kind ? one.id < other.id : one.kind < other.kind
}
