import { createHash } from 'node:crypto'
import { uuidV8FromHash } from '#domain/id.ts'

/** The same thing of the same tenant has the same id in every import: that is why importing a file twice changes nothing. */
export function importedId(tenantId: string, kind: string, ...key: readonly string[]): string {
  return uuidV8FromHash(
    createHash('sha256')
      .update(JSON.stringify([tenantId, kind, ...key]))
      .digest(),
  )
}
