import { randomBytes } from 'node:crypto'
import { currencyOf } from '#domain/currency.ts'
import { failed, success, type Result } from '#domain/failure.ts'
import { uuidV7 } from '#domain/id.ts'
import type { Database, Tx } from '../database/pool.ts'
import { writeRecords, type RecordToWrite } from '../database/write-records.ts'
import { hashPassword } from './accounts.ts'
import { hashPin } from './secrets.ts'

export type NewBusiness = {
  readonly businessName: string
  readonly locale: string
  readonly ownerName: string
  readonly email: string
  readonly password: string
  readonly pin: string
  readonly storeName: string
  readonly timeZone: string
  readonly currencyCode: string
  readonly taxMode: 'inclusive' | 'exclusive'
  readonly taxName: string
  readonly taxRateBasisPoints: number
}

export async function isSetUp(database: Database): Promise<boolean> {
  const [row] = await database.asSystem((tx) =>
    tx.query<{ any: boolean }>('select exists (select from tenant) as any'),
  )
  return row!.any
}

/** Creates the tenant with its owner, first store, first register and tax. Only the first caller succeeds. */
export async function setUpBusiness(
  database: Database,
  wanted: NewBusiness,
): Promise<Result<{ tenantId: string }>> {
  const currency = currencyOf(wanted.currencyCode)
  if (!currency.ok) return currency
  const tenantId = newId()
  const ids = { store: newId(), register: newId(), owner: newId(), taxClass: newId(), taxRate: newId() }
  const pin = await hashPin(wanted.pin)
  const passwordHash = await hashPassword(wanted.password)
  const taxRates =
    wanted.taxRateBasisPoints > 0
      ? [
          {
            taxRateId: ids.taxRate,
            name: wanted.taxName,
            rateBasisPoints: wanted.taxRateBasisPoints,
            isCompound: false,
          },
        ]
      : []
  const records: RecordToWrite[] = [
    { kind: 'business', id: tenantId, doc: { name: wanted.businessName, locale: wanted.locale } },
    {
      kind: 'store',
      id: ids.store,
      doc: {
        storeId: ids.store,
        name: wanted.storeName,
        address: '',
        timeZone: wanted.timeZone,
        pricing: { currency: currency.value, taxMode: wanted.taxMode, taxRounding: 'line' },
        receiptFooter: '',
      },
    },
    {
      kind: 'register',
      id: ids.register,
      doc: { registerId: ids.register, storeId: ids.store, name: 'Register 1' },
    },
    {
      kind: 'staff',
      id: ids.owner,
      doc: { staffId: ids.owner, name: wanted.ownerName, role: 'owner', pin, storeIds: [], isActive: true },
    },
    { kind: 'tax-class', id: ids.taxClass, doc: { taxClassId: ids.taxClass, name: 'Standard', taxRates } },
  ]
  return database.asSystem(async (tx) => {
    await tx.query('lock table tenant in exclusive mode')
    const [taken] = await tx.query('select from tenant')
    if (taken) return failed('set-up/done', 'This server has been set up already.', 'Sign in instead.')
    await createTenant(tx, { tenantId, name: wanted.businessName })
    await tx.query(
      'insert into account (account_id, tenant_id, email, name, password_hash) values ($1, $2, lower($3), $4, $5)',
      [newId(), tenantId, wanted.email.trim(), wanted.ownerName, passwordHash],
    )
    await tx.query('select next_version($1)', [tenantId])
    await writeRecords(tx, records)
    return success({ tenantId })
  })
}

/** The tenant's rows that come before anything else; from here on the transaction acts for this tenant. */
export async function createTenant(tx: Tx, tenant: { tenantId: string; name: string }): Promise<void> {
  await tx.query('insert into tenant (tenant_id, name) values ($1, $2)', [tenant.tenantId, tenant.name])
  await tx.query('insert into sync_head (tenant_id) values ($1)', [tenant.tenantId])
  await tx.query(`select set_config('app.tenant', $1, true)`, [tenant.tenantId])
}

function newId(): string {
  return uuidV7(Date.now(), randomBytes(16))
}
