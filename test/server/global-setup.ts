import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { openEmbedded } from '../../server/database/embedded.ts'
import type { EmbeddedDatabase } from '../../server/database/embedded.ts'
import { migrate } from '../../server/database/migrate.ts'
import { createLog } from '../../server/log.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Superuser, database `evertill`, on the PostgreSQL of this test run. */
    postgresUrl: string
    /** A database with every migration applied, to copy; nobody connects to it. */
    templateDatabase: string
  }
}

const templateDatabase = 'evertill_template'

/** One real PostgreSQL for the whole run, in a folder of its own that goes away with it. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'evertill-test-'))
  // As root PostgreSQL runs as the user postgres, which has to get in.
  await chmod(folder, 0o711)
  let embedded: EmbeddedDatabase | undefined
  const tearDown = async (): Promise<void> => {
    await embedded?.stop()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    embedded = await openEmbedded({ dataDir: join(folder, 'data'), log: createLog('warn'), mode: 'serve' })
    await makeTemplate(embedded.url)
  } catch (error) {
    await tearDown()
    throw error
  }
  project.provide('postgresUrl', embedded.url)
  project.provide('templateDatabase', templateDatabase)
  return tearDown
}

async function makeTemplate(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`create database ${templateDatabase}`)
  await client.end()
  const templateUrl = new URL(url)
  templateUrl.pathname = `/${templateDatabase}`
  await migrate({ url: templateUrl.href, log: createLog('warn') })
}
