import { failed, success, type Result } from '#domain/failure.ts'
import type { EnrolAnswer, PublicKey } from '#protocol/enrolment.ts'
import type { RejoinRequest } from '#protocol/proof.ts'
import { chainSeed } from '#sync/journal.ts'
import type { Database, Tx } from '../database/pool.ts'
import { isSignedBy } from '../use-cases/signature.ts'
import { leaseReceiptSeries, publicKeyOf } from './enrolment.ts'

/**
 * [P5] Takes a device out of use, with the identities that it went on as after a fork. It reads nothing more; what it sold
 * still arrives, flagged.
 */
export function revokeDevice(database: Database, tenantId: string, installId: string): Promise<Result<null>> {
  return database.asTenant(tenantId, async (tx) => {
    const revoked = await tx.query(
      `with recursive device as (
         select install_id, forked_into from install where install_id = $1
         union select i.install_id, i.forked_into from install i join device d on i.install_id = d.forked_into)
       update install set revoked_at = coalesce(revoked_at, now())
       where install_id in (select install_id from device) returning install_id`,
      [installId],
    )
    return revoked.length > 0
      ? success(null)
      : failed('device/unknown', 'There is no such device.', 'Reload the page and choose it again.')
  })
}

type OldInstall = {
  tenant_id: string
  kind: 'register' | 'office'
  store_id: string | null
  register_id: string | null
  public_key: PublicKey
  is_revoked: boolean
}

/**
 * [P2] Gives a device whose journal has forked a new identity with the rights of the old. Asking again gets the same answer. [P5] That
 * of a device out of use is out of use from the start: what it sold arrives, and it reads nothing.
 */
export async function rejoin(database: Database, request: RejoinRequest): Promise<Result<EnrolAnswer>> {
  const { x, y } = request.publicKey
  const old = await database.asSystem(async (tx) => {
    const [found] = await tx.query<OldInstall>(
      `select tenant_id, kind, store_id, register_id, public_key, revoked_at is not null as is_revoked
       from install where install_id = $1`,
      [request.installId],
    )
    return found
  })
  const message = `evertill-rejoin:${request.newInstallId}:${x}.${y}`
  if (!old || !(await isSignedBy(old.public_key, message, request.signature))) return refused
  return database.asSystem(async (tx) => {
    const known = await findNew(tx, request)
    if (known && !(known.is_same && known.tenant_id === old.tenant_id)) return refused
    const receiptSeries = known ? known.receipt_series : await createNew(tx, old, request)
    const [life] = await tx.query<{ epoch: string }>('select epoch from database_life')
    return success({
      tenantId: old.tenant_id,
      epoch: life!.epoch,
      kind: old.kind,
      storeId: old.store_id,
      registerId: old.register_id,
      receiptSeries,
    })
  })
}

type NewInstall = { tenant_id: string; receipt_series: number | null; is_same: boolean }

async function findNew(tx: Tx, request: RejoinRequest): Promise<NewInstall | null> {
  const [found] = await tx.query<NewInstall>(
    `select tenant_id, receipt_series, public_key = $2::jsonb as is_same from install where install_id = $1`,
    [request.newInstallId, publicKeyOf(request.publicKey)],
  )
  return found ?? null
}

async function createNew(tx: Tx, old: OldInstall, request: RejoinRequest): Promise<number | null> {
  const series = old.kind === 'register' ? await leaseReceiptSeries(tx, old.tenant_id) : null
  await tx.query(
    `insert into install (tenant_id, install_id, kind, store_id, register_id, public_key, receipt_series, last_chain, heard_at, revoked_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, now(), case when $9 then now() end)`,
    [
      old.tenant_id,
      request.newInstallId,
      old.kind,
      old.store_id,
      old.register_id,
      publicKeyOf(request.publicKey),
      series,
      chainSeed(request.newInstallId),
      old.is_revoked,
    ],
  )
  await tx.query(
    `update install set forked_into = $2, forked_at = coalesce(forked_at, now()) where install_id = $1`,
    [request.installId, request.newInstallId],
  )
  return series
}

const refused = failed('device/refused', 'This device could not prove who it is.', 'Enrol it again.')
