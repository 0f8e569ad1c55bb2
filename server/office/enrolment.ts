import type { Task } from '#domain/catalogue.ts'
import { failed, success, type Result } from '#domain/failure.ts'
import type { EnrolAnswer, EnrolRequest, PublicKey } from '#protocol/enrolment.ts'
import { chainSeed } from '#sync/journal.ts'
import type { Database, Tx } from '../database/pool.ts'
import { writeRecords } from '../database/write-records.ts'
import { hashOf, newEnrolmentCode, normaliseCode } from './secrets.ts'

const codeMinutes = 10

export type NewCode = { readonly code: string; readonly expiresAt: number }

/** A code for one enrolment: of a register, or of an office device (dashboards) when `registerId` is null. */
export async function createEnrolmentCode(
  database: Database,
  tenantId: string,
  registerId: string | null,
): Promise<Result<NewCode>> {
  const code = newEnrolmentCode()
  return database.asTenant(tenantId, async (tx) => {
    const [register] = await tx.query<{ store_id: string }>(
      `select doc ->> 'storeId' as store_id from record where kind = 'register' and id = $1 and not is_deleted`,
      [registerId],
    )
    if (registerId !== null && !register) {
      return failed(
        'enrolment/no-register',
        'There is no such register.',
        'Reload the page and choose it again.',
      )
    }
    const [row] = await tx.query<{ expires_at: string }>(
      `insert into enrolment_code (code_hash, tenant_id, kind, register_id, store_id, expires_at)
       values ($1, $2, $3, $4, $5, now() + make_interval(mins => $6)) returning expires_at`,
      [
        hashOf(code),
        tenantId,
        register ? 'register' : 'office',
        registerId,
        register?.store_id ?? null,
        codeMinutes,
      ],
    )
    return success({ code, expiresAt: Date.parse(row!.expires_at) })
  })
}

type CodeRow = {
  tenant_id: string
  kind: 'register' | 'office'
  register_id: string | null
  store_id: string | null
  used_by: string | null
  is_expired: boolean
  is_register_gone: boolean
}

type KnownInstall = {
  receipt_series: number | null
  is_same: boolean
}

/**
 * Redeems a code: once, except that the install which redeemed it may ask again when its answer was lost, with that
 * code or, since the person may have made another by then, with a new one for the same register.
 */
export function enrol(database: Database, request: EnrolRequest): Promise<Result<EnrolAnswer>> {
  return database.asSystem(async (tx) => {
    const [code] = await tx.query<CodeRow>(
      `select tenant_id, c.kind, register_id, store_id, used_by, expires_at < now() as is_expired,
         register_id is not null and not exists (
           select from record r where r.tenant_id = c.tenant_id and r.kind = 'register' and r.id = register_id::text
             and not r.is_deleted) as is_register_gone
       from enrolment_code c where code_hash = $1 for update`,
      [hashOf(normaliseCode(request.code))],
    )
    const refusal = refusalOf(code, request)
    if (!code || refusal) return refusal ?? unknownCode
    const install = await findInstall(tx, code, request)
    if (install && !install.is_same) {
      return failed(
        'enrolment/known-device',
        'This device is enrolled as something else already.',
        'Forget the enrolment in its settings first.',
      )
    }
    const receiptSeries = install ? install.receipt_series : await createInstall(tx, code, request)
    await tx.query('update enrolment_code set used_by = $2 where code_hash = $1', [
      hashOf(normaliseCode(request.code)),
      request.installId,
    ])
    const [life] = await tx.query<{ epoch: string }>('select epoch from database_life')
    return success({
      tenantId: code.tenant_id,
      epoch: life!.epoch,
      kind: code.kind,
      storeId: code.store_id,
      registerId: code.register_id,
      receiptSeries,
    })
  })
}

const unknownCode = failed(
  'enrolment/unknown-code',
  'This code is not known.',
  'Check the letters, or make a new code.',
)

function refusalOf(code: CodeRow | undefined, request: EnrolRequest): Result<never> | null {
  if (!code) return unknownCode
  if (code.used_by !== null && code.used_by !== request.installId)
    return failed('enrolment/code-used', 'This code was used already.', 'Make a new code for this device.')
  if (code.used_by === null && code.is_expired)
    return failed('enrolment/code-expired', 'This code is older than 10 minutes.', 'Make a new code.')
  if (code.used_by === null && code.is_register_gone) {
    return failed(
      'enrolment/no-register',
      'The register of this code is not there any more.',
      'Make a code for another register.',
    )
  }
  return null
}

/** Ids of installs are chance: whoever sends one that is there is that device, if it holds the same key. */
async function findInstall(tx: Tx, code: CodeRow, request: EnrolRequest): Promise<KnownInstall | null> {
  const [install] = await tx.query<KnownInstall>(
    `select receipt_series, tenant_id = $2 and kind = $3 and register_id is not distinct from $4::uuid
       and public_key = $5::jsonb and revoked_at is null as is_same
     from install where install_id = $1`,
    [request.installId, code.tenant_id, code.kind, code.register_id, publicKeyOf(request.publicKey)],
  )
  return install ?? null
}

async function createInstall(tx: Tx, code: CodeRow, request: EnrolRequest): Promise<number | null> {
  const series =
    code.kind === 'register' ? await leaseReceiptSeries(tx, code.tenant_id, request.heldSeries ?? null) : null
  if (code.register_id !== null) await reportLostStorage(tx, code.tenant_id, code.register_id)
  await tx.query(
    `insert into install (tenant_id, install_id, kind, store_id, register_id, public_key, receipt_series, last_chain, heard_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, now())`,
    [
      code.tenant_id,
      request.installId,
      code.kind,
      code.store_id,
      code.register_id,
      publicKeyOf(request.publicKey),
      series,
      chainSeed(request.installId),
    ],
  )
  return series
}

/**
 * [C2] Receipt numbers of an install are `series-1`, `series-2` …; a series is never given out again. One that a device holds from
 * before the database was put back stays its own, unless it was given to another since.
 */
export async function leaseReceiptSeries(
  tx: Tx,
  tenantId: string,
  heldSeries: number | null = null,
): Promise<number | null> {
  if (heldSeries !== null) {
    const [tenant] = await tx.query<{ is_free: boolean }>(
      `update tenant set next_receipt_series = greatest(next_receipt_series, $2 + 1) where tenant_id = $1
       returning not exists (select from install i where i.tenant_id = $1 and i.receipt_series = $2) as is_free`,
      [tenantId, heldSeries],
    )
    if (tenant?.is_free) return heldSeries
  }
  const [lease] = await tx.query<{ series: number }>(
    `update tenant set next_receipt_series = next_receipt_series + 1 where tenant_id = $1
     returning next_receipt_series - 1 as series`,
    [tenantId],
  )
  return lease?.series ?? null
}

type LostRow = { install_id: string; store_id: string | null; last_seq: number }

/**
 * [I1] A register is enrolled anew while an earlier device of it had more than has arrived: its storage may be lost. Said once of
 * each device: said again after the register was moved, it would leave the old store's devices with a task that is no longer theirs.
 */
async function reportLostStorage(tx: Tx, tenantId: string, registerId: string): Promise<void> {
  const lost = await tx.query<LostRow>(
    `select install_id, store_id, last_seq from install
     where tenant_id = $1 and register_id = $2 and revoked_at is null and reported_seq > last_seq and not exists (
       select from record where record.tenant_id = $1 and kind = 'task' and id = 'storage-lost/' || install_id)`,
    [tenantId, registerId],
  )
  if (lost.length === 0) return
  await tx.query(`select set_config('app.tenant', $1, true), next_version($1::uuid)`, [tenantId])
  await writeRecords(
    tx,
    lost.map(({ install_id: installId, store_id: storeId, last_seq: seq }) => {
      const taskId = `storage-lost/${installId}`
      const doc: Task = {
        ...{ taskId, reason: 'storage-lost', storeId, registerId, installId, seq: seq + 1 },
        ...{ orderId: null, receiptNumber: null, productId: null, raisedAt: Date.now() },
        ...{ state: 'open', doneBy: null },
      }
      return { kind: 'task', id: taskId, doc, storeId } as const
    }),
  )
}

/** Only what makes the key: platforms differ in what else they export with it. */
export function publicKeyOf({ kty, crv, x, y }: PublicKey): string {
  return JSON.stringify({ kty, crv, x, y })
}
