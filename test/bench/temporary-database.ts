import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEmbedded } from '../../server/database/embedded.ts'
import { migrate } from '../../server/database/migrate.ts'
import { createDatabase, type Database } from '../../server/database/pool.ts'
import { createLog } from '../../server/log.ts'

export type TemporaryDatabase = {
  readonly database: Database
  /** Of the same database, for clients of another kind. */
  readonly url: string
  /** A folder that PostgreSQL, which may run as another user, can write to. */
  readonly dumpFolder: string
}

/** Runs the work on a PostgreSQL of its own, in a folder of its own; both are gone afterwards, also when it failed. */
export async function onTemporaryDatabase<T>(work: (given: TemporaryDatabase) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'evertill-bench-'))
  const log = createLog('error')
  try {
    // As root PostgreSQL runs as the user postgres, which has to get in.
    await chmod(folder, 0o711)
    const dumpFolder = join(folder, 'dumps')
    await mkdir(dumpFolder)
    await chmod(dumpFolder, 0o777)
    const embedded = await openEmbedded({ dataDir: join(folder, 'data'), log, mode: 'serve' })
    try {
      await migrate({ url: embedded.url, log })
      const database = createDatabase({ url: embedded.url, max: 4, log })
      try {
        return await work({ database, url: embedded.url, dumpFolder })
      } finally {
        await database.close()
      }
    } finally {
      await embedded.stop()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
