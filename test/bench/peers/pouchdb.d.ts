/** The little of PouchDB's packages that the bench calls; they come without types. */
type PouchDoc = { readonly _id: string; readonly totals: { readonly totalMinor: number } }

interface PouchDatabase {
  readonly replicate: Record<
    'to' | 'from',
    (other: PouchDatabase, how: { batch_size: number }) => Promise<unknown>
  >
  put(doc: object): Promise<unknown>
  bulkDocs(docs: readonly object[]): Promise<unknown>
  allDocs(how: { include_docs: true }): Promise<{ rows: { doc?: PouchDoc }[] }>
  info(): Promise<{ doc_count: number }>
  destroy(): Promise<unknown>
}

interface PouchConstructor {
  new (name: string): PouchDatabase
  plugin(plugin: unknown): PouchConstructor
  defaults(options: { adapter: string }): PouchConstructor
}

declare module 'pouchdb-browser' {
  const PouchDB: PouchConstructor
  export default PouchDB
}

declare module 'pouchdb-core' {
  const PouchDB: PouchConstructor
  export default PouchDB
}

declare module 'pouchdb-adapter-memory' {
  const plugin: unknown
  export default plugin
}

declare module 'pouchdb-replication' {
  const plugin: unknown
  export default plugin
}

declare module 'express-pouchdb' {
  export default function expressPouchdb(database: PouchConstructor, options: { mode: string }): never
}

declare module 'express' {
  import type { IncomingMessage, Server, ServerResponse } from 'node:http'

  export type Request = IncomingMessage
  export type Response = ServerResponse
  export default function express(): {
    use(...given: unknown[]): void
    listen(port: number, host: string): Server
  }
}
