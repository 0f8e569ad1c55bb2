/** Copies a database of this origin with its tables, indexes and rows, whatever they are. */
export async function copyDatabase(from: string, to: string): Promise<void> {
  const source = await requested(indexedDB.open(from))
  const names = [...source.objectStoreNames]
  const read = source.transaction(names)
  const tables = await Promise.all(
    names.map(async (name) => {
      const table = read.objectStore(name)
      // Read now: a table whose transaction has ended tells nothing of its indexes.
      const indexes = [...table.indexNames].map((index) => table.index(index))
      const shapes = indexes.map(({ name, keyPath, unique, multiEntry }) => ({
        name,
        keyPath,
        options: { unique, multiEntry },
      }))
      return { name, keyPath: table.keyPath, shapes, rows: await requested(table.getAll()) }
    }),
  )
  const opening = indexedDB.open(to, source.version)
  opening.addEventListener('upgradeneeded', () => {
    for (const { name, keyPath, shapes } of tables) {
      const copy = opening.result.createObjectStore(name, { keyPath })
      for (const index of shapes) copy.createIndex(index.name, index.keyPath, index.options)
    }
  })
  const target = await requested(opening)
  const write = target.transaction(names, 'readwrite')
  const written = new Promise((resolve, reject) => {
    write.addEventListener('complete', resolve)
    write.addEventListener('abort', () => reject(write.error ?? new Error('The copy was aborted')))
  })
  for (const { name, rows } of tables) for (const row of rows) write.objectStore(name).put(row)
  await written
  source.close()
  target.close()
}

export function requested<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB failed')))
  })
}
