import profile from './storage-profile-0.1.json' with { type: 'json' }

type Table = {
  readonly keyPath: string | string[]
  readonly indexes: readonly {
    readonly name: string
    readonly keyPath: string | string[]
    readonly unique: boolean
    readonly multiEntry: boolean
  }[]
  readonly rows: readonly unknown[]
}

/** Lays down a database with the schema and the rows that release 0.1 had written; answers them. */
export async function makeOldProfile(): Promise<Record<string, readonly unknown[]>> {
  const tables: Record<string, Table> = profile.tables
  const request = indexedDB.open('evertill', profile.database)
  request.addEventListener('upgradeneeded', () => {
    for (const [name, { keyPath, indexes, rows }] of Object.entries(tables)) {
      const table = request.result.createObjectStore(name, { keyPath })
      for (const index of indexes) table.createIndex(index.name, index.keyPath, index)
      for (const row of rows) table.add(row)
    }
  })
  await new Promise((resolve, reject) => {
    request.addEventListener('success', resolve)
    request.addEventListener('error', reject)
  })
  request.result.close()
  return Object.fromEntries(Object.entries(tables).map(([name, { rows }]) => [name, rows]))
}
