import { createPackSealer } from './database/order-packs-sealer.ts'
import type { Database } from './database/pool.ts'
import type { Log } from './log.ts'
import { packing } from './packing.ts'
import { compactAll } from './use-cases/compact.ts'
import type { ChangesStore, IngestStore } from './use-cases/ports.ts'
import { redrive } from './use-cases/redrive.ts'

const compactEveryMs = 6 * 60 * 60_000
/** After the start has settled; several processes start at different moments. */
const compactFirstMs = 60_000

export type BackgroundOptions = {
  readonly database: Database
  readonly ingest: IngestStore
  readonly changes: ChangesStore
  readonly log: Pick<Log, 'info' | 'warn'>
}

/**
 * What goes on beside the requests: parked operations are tried again once ([P4]: this may be a newer release), orders are
 * packed, tombstones dropped ([L6]). Every part may run in several processes at once. Answers how to end it.
 */
export async function startBackground(options: BackgroundOptions): Promise<() => Promise<void>> {
  const { database, ingest, changes, log } = options
  const clock = Date.now
  const warn = (message: string) => (error: unknown) => log.warn({ err: error }, message)

  const redriving = redrive({ store: ingest, clock }, warn('a parked operation could not be tried again'))
    .then((applied) => applied > 0 && log.info({ applied }, 'operations that were parked are applied now'))
    .catch(warn('parked operations could not be read'))

  const sealer = createPackSealer({ database, packing, clock, log })
  await sealer.start()

  let compacting: Promise<unknown> = Promise.resolve()
  const compact = async (): Promise<void> => {
    const tenants = await database.asSystem((tx) =>
      tx.query<{ id: string }>('select tenant_id as id from tenant'),
    )
    const ids = tenants.map(({ id }) => id)
    await compactAll(changes, ids, (error, tenantId) => log.warn({ err: error, tenantId }, 'not compacted'))
  }
  const run = (): void => {
    compacting = compact().catch(warn('tombstones could not be dropped'))
  }
  const first = setTimeout(run, compactFirstMs)
  const timer = setInterval(run, compactEveryMs)

  return async () => {
    clearTimeout(first)
    clearInterval(timer)
    await Promise.all([sealer.stop(), redriving, compacting])
  }
}
