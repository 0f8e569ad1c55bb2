import type { PublicKey } from '#protocol/enrolment.ts'
import type { InstallState } from '../use-cases/ports.ts'

export const installColumns =
  'tenant_id, install_id, kind, store_id, register_id, public_key, last_seq, last_chain, revoked_at'

export type InstallRow = {
  tenant_id: string
  install_id: string
  kind: 'register' | 'office'
  store_id: string | null
  register_id: string | null
  public_key: PublicKey
  last_seq: number
  last_chain: string
  revoked_at: string | null
}

export function toInstall(row: InstallRow): InstallState {
  return {
    tenantId: row.tenant_id,
    installId: row.install_id,
    kind: row.kind,
    storeId: row.store_id,
    registerId: row.register_id,
    publicKey: row.public_key,
    head: { seq: row.last_seq, chain: row.last_chain },
    isRevoked: row.revoked_at !== null,
  }
}
