import { randomBytes } from 'node:crypto'
import type { Register } from '#domain/catalogue.ts'
import { failed, success, type Result } from '#domain/failure.ts'
import { uuidV7 } from '#domain/id.ts'
import type { DeviceOfRegister, RegisterDevices } from '#protocol/devices.ts'
import type { Database, Tx } from '../database/pool.ts'
import { listRecords, writeRecords } from '../database/write-records.ts'

/** Every register with the device that sells as it now and those that did before, newest first. */
export function listRegisters(database: Database, tenantId: string): Promise<RegisterDevices[]> {
  return database.asTenant(tenantId, async (tx) => {
    const stores = new Map((await listRecords(tx, 'store')).map((store) => [store.storeId, store.name]))
    const devices = await listDevices(tx)
    return (await listRecords(tx, 'register')).map((register) => {
      const own = devices.filter((device) => device.registerId === register.registerId)
      const present = own.find((device) => device.revokedAt === null) ?? null
      return {
        ...register,
        storeName: stores.get(register.storeId) ?? '',
        install: present,
        past: own.filter((device) => device !== present),
      }
    })
  })
}

type DeviceRow = {
  register_id: string
  install_id: string
  enrolled_at: string
  heard_at: string | null
  last_seq: number
  unsent: number
  app_version: string | null
  forked_at: string | null
  revoked_at: string | null
}

async function listDevices(tx: Tx): Promise<(DeviceOfRegister & { registerId: string })[]> {
  const rows = await tx.query<DeviceRow>(
    `select register_id, install_id, enrolled_at, heard_at, last_seq,
       greatest(coalesce(reported_seq, 0) - last_seq, 0) as unsent, app_version, forked_at, revoked_at
     from install where register_id is not null order by enrolled_at desc, install_id`,
  )
  return rows.map((row) => ({
    registerId: row.register_id,
    installId: row.install_id,
    enrolledAt: Date.parse(row.enrolled_at),
    heardAt: timeOf(row.heard_at),
    lastSeq: row.last_seq,
    unsentCount: row.unsent,
    appVersion: row.app_version,
    forkedAt: timeOf(row.forked_at),
    revokedAt: timeOf(row.revoked_at),
  }))
}

function timeOf(text: string | null): number | null {
  return text === null ? null : Date.parse(text)
}

export function addRegister(
  database: Database,
  tenantId: string,
  wanted: { storeId: string; name: string },
): Promise<Result<Register>> {
  return database.asTenant(tenantId, async (tx) => {
    const store = (await listRecords(tx, 'store')).find((each) => each.storeId === wanted.storeId)
    if (!store) return noStore
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

/**
 * [L7] Moves a register with its devices: they load the other store's data at their next contact. What they have not sent
 * yet names the store it was sold in and counts there.
 */
export function moveRegister(
  database: Database,
  tenantId: string,
  wanted: { registerId: string; storeId: string },
): Promise<Result<null>> {
  return database.asTenant(tenantId, async (tx) => {
    // Before the rows are read: an edit of the same register may be on its way in.
    await tx.query('select next_version($1)', [tenantId])
    const registers = await listRecords(tx, 'register')
    const register = registers.find((each) => each.registerId === wanted.registerId)
    const store = (await listRecords(tx, 'store')).find((each) => each.storeId === wanted.storeId)
    if (!register) return noRegister
    if (!store) return noStore
    await writeRecords(tx, [
      { kind: 'register', id: register.registerId, doc: { ...register, storeId: store.storeId } },
    ])
    await tx.query('update install set store_id = $2 where register_id = $1', [
      register.registerId,
      store.storeId,
    ])
    return success(null)
  })
}

const noStore = failed('register/no-store', 'There is no such store.', 'Reload the page and choose it again.')
const noRegister = failed(
  'register/unknown',
  'There is no such register.',
  'Reload the page and choose it again.',
)
