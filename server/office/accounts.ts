import { hash, verify } from '@node-rs/argon2'
import { failed, success, type Result } from '#domain/failure.ts'
import { closeSession, findAccount, findSession, openSession, type AccountRow } from './account-rows.ts'
import type { Database } from '../database/pool.ts'
import { hashOf, newToken } from './secrets.ts'

export type SignedIn = {
  readonly tenantId: string
  readonly name: string
  readonly email: string
  readonly businessName: string
}

/** argon2id with the parameters of OWASP's first choice: 19 MiB, 2 passes, 1 lane. */
const argon = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export function hashPassword(password: string): Promise<string> {
  return hash(password, argon)
}

/** A wrong address takes as long as a wrong password: the same work, against this. */
const nobodysHash = hashPassword(newToken())

/** Opens a session; `token` goes into an HttpOnly cookie and is stored as its hash only. */
export async function signIn(
  database: Database,
  credentials: { email: string; password: string },
  sessionHours: number,
): Promise<Result<{ account: SignedIn; token: string }>> {
  const account = await database.asSystem((tx) => findAccount(tx, credentials.email))
  const isRight = await verify(account?.password_hash ?? (await nobodysHash), credentials.password)
  if (!account || !isRight) {
    return failed('session/wrong', 'E-mail or password is wrong.', 'Check both and try again.')
  }
  const token = newToken()
  await database.asSystem((tx) => openSession(tx, account, hashOf(token), sessionHours))
  return success({ account: toSignedIn(account), token })
}

export async function whoIs(database: Database, token: string): Promise<SignedIn | null> {
  const account = await database.asSystem((tx) => findSession(tx, hashOf(token)))
  return account ? toSignedIn(account) : null
}

export function signOut(database: Database, token: string): Promise<void> {
  return database.asSystem((tx) => closeSession(tx, hashOf(token)))
}

function toSignedIn(account: AccountRow): SignedIn {
  return {
    tenantId: account.tenant_id,
    name: account.name,
    email: account.email,
    businessName: account.business,
  }
}
