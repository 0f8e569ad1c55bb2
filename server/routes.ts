import { fastifyTRPCPlugin, type FastifyTRPCPluginOptions } from '@trpc/server/adapters/fastify'
import type { FastifyInstance } from 'fastify'
import { admitDevices } from './admit-devices.ts'
import { startBackground } from './background.ts'
import type { Config } from './config.ts'
import { createChangesStore } from './database/changes-store.ts'
import { createIngestStore } from './database/ingest-store.ts'
import { findPicture } from './database/pictures.ts'
import type { Database } from './database/pool.ts'
import { createReportStore } from './database/sales-report.ts'
import { registerLive, type LiveLimits } from './live/live.ts'
import { packing } from './packing.ts'
import { createDeviceTokens } from './use-cases/device-token.ts'
import { isSignedBy } from './use-cases/signature.ts'
import { createTurns } from './use-cases/turns.ts'
import { appRouter, type AppRouter } from './api/app-router.ts'
import { contextFactory, type Services } from './api/context.ts'
import { registerPictures } from './api/pictures.ts'
import { registerAuditExport } from './api/proofs.ts'

/** Tries a minute from one address at what can be guessed: codes, passwords, the set-up link. */
const guessesAMinute = 20

export type RouteOptions = {
  readonly config: Config
  readonly database: Database
  readonly setUpToken: { current: string | null }
  readonly liveLimits?: LiveLimits
}

/** Everything under /trpc, /live and /pictures. */
export function createRoutes({ config, database, setUpToken, liveLimits }: RouteOptions) {
  return async (app: FastifyInstance): Promise<void> => {
    const ingest = createIngestStore(database)
    const changes = createChangesStore(database)
    const clock = Date.now
    const onError = (error: unknown): void => app.log.error({ err: error }, 'an operation was parked')
    const [secret] = await database.asSystem((tx) =>
      tx.query<{ secret: string }>('select secret from server_secret'),
    )
    const deviceTokens = createDeviceTokens(ingest, secret!.secret)
    const countTry = app.createRateLimit({ max: guessesAMinute, timeWindow: '1 minute' })
    const services: Services = {
      config,
      database,
      ingest: { store: ingest, packing, verify: isSignedBy, clock, onError, turns: createTurns() },
      changes: { changes, packing, clock },
      reports: createReportStore(database),
      deviceTokens,
      setUpToken,
      async isTooOften(request) {
        const limit = await countTry(request)
        return !limit.isAllowed && limit.isExceeded
      },
      admit: admitDevices(config, database),
    }
    await app.register(fastifyTRPCPlugin, {
      prefix: '/trpc',
      trpcOptions: {
        router: appRouter,
        createContext: contextFactory(services),
        // Nobody of ours sends several calls in one request; a guesser would.
        allowBatching: false,
        onError({ error, path, ctx }) {
          if (error.code === 'INTERNAL_SERVER_ERROR')
            ctx?.request.log.error({ err: error.cause ?? error, path }, 'a procedure failed')
        },
      },
    } satisfies FastifyTRPCPluginOptions<AppRouter>)
    const endBackground = await startBackground({ database, ingest, changes, log: app.log })
    app.addHook('onClose', endBackground)
    await registerLive(app, database, deviceTokens, liveLimits)
    registerPictures(app, (id) => findPicture(database, id))
    registerAuditExport(app, database)
  }
}
