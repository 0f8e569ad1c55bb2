import { TRPCError } from '@trpc/server'
import type { CreateFastifyContextOptions } from '@trpc/server/adapters/fastify'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Config } from '../config.ts'
import type { Database } from '../database/pool.ts'
import { whoIs, type SignedIn } from '../office/accounts.ts'
import type { DeviceTokens } from '../use-cases/device-token.ts'
import type { IngestParts } from '../use-cases/accept-operations.ts'
import type { InstallState, ReportStore } from '../use-cases/ports.ts'
import type { ChangesReading } from '../use-cases/read-changes.ts'

/** What the routers act with; made once by the composition root. */
export type Services = {
  readonly config: Config
  readonly database: Database
  readonly ingest: IngestParts
  readonly changes: ChangesReading
  readonly reports: ReportStore
  readonly deviceTokens: DeviceTokens
  /** The word in the one-time set-up link; null once the business exists. */
  readonly setUpToken: { current: string | null }
  /** Whether this address has tried too often; counts the try. */
  readonly isTooOften: (request: FastifyRequest) => Promise<boolean>
  /**
   * Does a device's work when its turn comes, or says when to come again. The install is what the request says of itself:
   * it decides in whose line it waits, and nothing else.
   */
  readonly admit: <T>(
    kind: 'send' | 'read' | 'token',
    installId: string | null,
    work: () => Promise<T>,
    gone?: AbortSignal,
  ) => Promise<
    | { readonly isAdmitted: true; readonly value: T }
    | { readonly isAdmitted: false; readonly retryAfterSeconds: number }
  >
}

export type Context = {
  readonly services: Services
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

export function contextFactory(services: Services) {
  return ({ req, res }: CreateFastifyContextOptions): Context => ({ services, request: req, reply: res })
}

export const sessionCookie = 'evertill_session'

export async function accountOf(context: Context): Promise<SignedIn | null> {
  const token = context.request.cookies[sessionCookie]
  return token ? whoIs(context.services.database, token) : null
}

export async function installOf(context: Context): Promise<InstallState> {
  const [scheme, token] = (context.request.headers.authorization ?? '').split(' ')
  const install = scheme === 'Bearer' && token ? await context.services.deviceTokens.installOf(token) : null
  if (!install) throw new TRPCError({ code: 'UNAUTHORIZED', message: 'device/token' })
  return install
}
