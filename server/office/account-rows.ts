import type { Tx } from '../database/pool.ts'

export type AccountRow = {
  readonly account_id: string
  readonly tenant_id: string
  readonly email: string
  readonly name: string
  readonly password_hash: string
  readonly business: string
}

const columns = 'a.account_id, a.tenant_id, a.email, a.name, a.password_hash, t.name as business'

export async function findAccount(tx: Tx, email: string): Promise<AccountRow | null> {
  const [row] = await tx.query<AccountRow>(
    `select ${columns} from account a join tenant t using (tenant_id) where a.email = lower($1)`,
    [email.trim()],
  )
  return row ?? null
}

export async function openSession(
  tx: Tx,
  account: AccountRow,
  tokenHash: Buffer,
  hours: number,
): Promise<void> {
  await tx.query('delete from account_session where expires_at < now()')
  await tx.query(
    `insert into account_session (token_hash, tenant_id, account_id, expires_at)
     values ($1, $2, $3, now() + make_interval(hours => $4))`,
    [tokenHash, account.tenant_id, account.account_id, hours],
  )
}

export async function findSession(tx: Tx, tokenHash: Buffer): Promise<AccountRow | null> {
  const [row] = await tx.query<AccountRow>(
    `select ${columns} from account_session s join account a using (account_id) join tenant t on t.tenant_id = a.tenant_id
     where s.token_hash = $1 and s.expires_at > now()`,
    [tokenHash],
  )
  return row ?? null
}

export async function closeSession(tx: Tx, tokenHash: Buffer): Promise<void> {
  await tx.query('delete from account_session where token_hash = $1', [tokenHash])
}
