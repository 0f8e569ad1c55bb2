import type { Register } from '#domain/catalogue.ts'
import { failed, success, type Result } from '#domain/failure.ts'
import { uuidV7 } from '#domain/id.ts'
import { randomBytes } from 'node:crypto'
import type { Database } from '../database/pool.ts'
import { listRecords, writeRecords } from '../database/write-records.ts'

export type RegisterDevice = {
  readonly registerId: string
  readonly name: string
  readonly storeId: string
  readonly storeName: string
  readonly install: {
    readonly installId: string
    readonly enrolledAt: number
    readonly heardAt: number | null
    readonly lastSeq: number
  } | null
}

type InstallRow = {
  register_id: string
  install_id: string
  enrolled_at: string
  heard_at: string | null
  last_seq: number
}

/** Every register with the newest device that was enrolled as it. */
export function listRegisters(database: Database, tenantId: string): Promise<RegisterDevice[]> {
  return database.asTenant(tenantId, async (tx) => {
    const stores = new Map((await listRecords(tx, 'store')).map((store) => [store.storeId, store.name]))
    const rows = await tx.query<InstallRow>(
      `select distinct on (register_id) register_id, install_id, enrolled_at, heard_at, last_seq from install
       where register_id is not null and revoked_at is null order by register_id, enrolled_at desc`,
    )
    const installs = new Map(rows.map((row) => [row.register_id, row]))
    return (await listRecords(tx, 'register')).map((register) => {
      const row = installs.get(register.registerId)
      return {
        ...register,
        storeName: stores.get(register.storeId) ?? '',
        install: row
          ? {
              installId: row.install_id,
              enrolledAt: Date.parse(row.enrolled_at),
              heardAt: row.heard_at ? Date.parse(row.heard_at) : null,
              lastSeq: row.last_seq,
            }
          : null,
      }
    })
  })
}

export function addRegister(
  database: Database,
  tenantId: string,
  wanted: { storeId: string; name: string },
): Promise<Result<Register>> {
  return database.asTenant(tenantId, async (tx) => {
    const store = (await listRecords(tx, 'store')).find((each) => each.storeId === wanted.storeId)
    if (!store)
      return failed('register/no-store', 'There is no such store.', 'Reload the page and choose it again.')
    const register: Register = {
      registerId: uuidV7(Date.now(), randomBytes(16)),
      storeId: store.storeId,
      name: wanted.name,
    }
    await tx.query('select next_version($1)', [tenantId])
    await writeRecords(tx, [{ kind: 'register', id: register.registerId, doc: register }])
    return success(register)
  })
}
