import { join } from 'node:path'
import { addRegister } from '../../server/office/registers.ts'
import { createEnrolmentCode } from '../../server/office/enrolment.ts'
import { migrate } from '../../server/database/migrate.ts'
import { openEmbedded } from '../../server/database/embedded.ts'
import { createDatabase } from '../../server/database/pool.ts'
import { createLog } from '../../server/log.ts'
import { type AppServer, createAppServer } from '../e2e/app-server.ts'
import { enrolRegister, openShop, type Shop } from '../server/virtual-shop.ts'
import { type HeldDatabase, withHeldDatabase } from './held-database.ts'
import { findPostmaster } from '../../server/database/postmaster.ts'

/** A real server process with its own PostgreSQL, and a business that has sold nothing yet. */
export type ShopServer = {
  readonly app: AppServer
  readonly url: string
  readonly shop: Shop
  /** The database past the server, which may run or not. */
  withDatabase<T>(work: (held: HeldDatabase) => Promise<T>): Promise<T>
  /** A one-time code for a browser to become a new register. */
  codeFor(name: string): Promise<string>
  /** A new register that speaks the protocol without a browser. */
  enrolVirtual(name: string): ReturnType<typeof enrolRegister>
  /** SIGKILL to the PostgreSQL of this server; answers whether one was running. */
  killDatabase(): Promise<boolean>
}

export async function openShopServer(): Promise<ShopServer> {
  const app = await createAppServer()
  try {
    const shop = await makeShop(app.dataDir)
    await app.start()
    return shopServer(app, shop)
  } catch (error) {
    await app.remove()
    throw error
  }
}

async function makeShop(dataDir: string): Promise<Shop> {
  const log = createLog('silent')
  const embedded = await openEmbedded({ dataDir, log, mode: 'adopt-or-start' })
  await migrate({ url: embedded.url, log })
  const database = createDatabase({ url: embedded.url, max: 2, log })
  try {
    return await openShop(database)
  } finally {
    await database.close()
    await embedded.stop()
  }
}

function shopServer(app: AppServer, shop: Shop): ShopServer {
  const { dataDir, url } = app
  const withDatabase: ShopServer['withDatabase'] = (work) => withHeldDatabase(dataDir, work)
  const registerId = async ({ database }: HeldDatabase, name: string): Promise<string> => {
    const added = await addRegister(database, shop.tenantId, { storeId: shop.store.storeId, name })
    if (!added.ok) throw new Error(added.failure.sentence)
    return added.value.registerId
  }
  return {
    app,
    url,
    shop,
    withDatabase,
    codeFor: (name) =>
      withDatabase(async (held) => {
        const made = await createEnrolmentCode(held.database, shop.tenantId, await registerId(held, name))
        if (!made.ok) throw new Error(made.failure.sentence)
        return made.value.code
      }),
    enrolVirtual: (name) =>
      withDatabase(async (held) =>
        enrolRegister(held.database, { ...shop, registerId: await registerId(held, name) }),
      ),
    async killDatabase() {
      const postmaster = await findPostmaster(join(dataDir, 'postgres'))
      if (!postmaster) return false
      process.kill(postmaster.pid, 'SIGKILL')
      return true
    },
  }
}

/** Whether PostgreSQL waits for the disk: a proof on one that does not proves nothing. */
export async function assertDurable({ query }: HeldDatabase): Promise<void> {
  const [row] = await query<{ fsync: string; commit: string }>(
    `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit`,
  )
  if (row?.fsync !== 'on' || row.commit !== 'on') throw new Error('PostgreSQL does not wait for the disk')
}
