import type { Database } from '../database/pool.ts'
import { journalPages, listOwners } from './journals.ts'

/** Of the export's lines; another shape is another number, and the checker reads both. */
const EXPORT_VERSION = 1

/**
 * Every journal of a tenant as JSON lines that anybody can check without us (docs/audit.md): who wrote, with the public
 * keys; each operation as it was hashed; each signature behind the operation it covers; and an end, so that a file cut
 * short is noticed.
 */
export async function* exportJournals(
  database: Database,
  tenantId: string,
  exportedAt: number,
): AsyncGenerator<string> {
  const { owners, businessName } = await database.asTenant(tenantId, async (tx) => {
    const [tenant] = await tx.query<{ name: string }>('select name from tenant')
    return { owners: await listOwners(tx), businessName: tenant?.name ?? '' }
  })
  yield line({ format: 'evertill-audit', version: EXPORT_VERSION, businessName, exportedAt })
  let count = 0
  for (const { head, ...owner } of owners) {
    yield line({ journal: { ...owner, heldSeq: head.seq, chain: head.chain } })
    for await (const { operations, signatures } of journalPages(database, tenantId, owner.installId)) {
      const bySeq = new Map(signatures.map((signature) => [signature.seq, signature]))
      // What arrived while the export ran is another export's: a journal ends where its head line says.
      for (const operation of operations.filter(({ seq }) => seq <= head.seq)) {
        count += 1
        yield line({ operation })
        const signed = bySeq.get(operation.seq)
        if (signed) yield line({ signature: signed })
      }
    }
  }
  yield line({ end: { operations: count } })
}

function line(value: unknown): string {
  return `${JSON.stringify(value)}\n`
}
