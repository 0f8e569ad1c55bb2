import { randomUUID } from 'node:crypto'
import { constants } from 'node:zlib'
import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import rateLimit from '@fastify/rate-limit'
import websocket from '@fastify/websocket'
import Fastify, { LogController } from 'fastify'
import type { FastifyBaseLogger, FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { failed } from '#domain/failure.ts'
import type { Failure } from '#domain/failure.ts'
import type { Config } from './config.ts'
import type { Database } from './database/pool.ts'
import type { Log } from './log.ts'
import { addSecurityHeaders } from './security-headers.ts'
import { hasApp, serveApp, wantsPage } from './static-files.ts'

/** Adds routes: the tRPC router, sign-in, pictures, live sockets. */
type RegisterRoutes = (app: FastifyInstance) => Promise<void>

export type HttpOptions = {
  readonly config: Pick<Config, 'publicUrl' | 'trustProxy'>
  readonly log: Log
  readonly database: Pick<Database, 'asSystem'>
  /** The built app; where it is missing only the API is served. */
  readonly distDir: string
  readonly routes?: readonly RegisterRoutes[]
}

const bodyLimitBytes = 1_000_000
/** A register that was away for days sends its journal in batches of up to this size. */
const trpcBodyLimitBytes = 8_388_608
const socketMessageLimitBytes = 65_536
const readyWithinMs = 2_000
/** nginx's number for it; nobody is there to read the answer. */
const clientClosedRequest = 499

/** The web server, not listening yet: `listen` it, or `inject` requests. `close` ends sockets and open requests first. */
export async function createHttp({
  config,
  log,
  database,
  distDir,
  routes = [],
}: HttpOptions): Promise<FastifyInstance> {
  const app: FastifyInstance = Fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    trustProxy: config.trustProxy,
    bodyLimit: bodyLimitBytes,
    requestTimeout: 60_000,
    // Longer than a proxy keeps its side (60 s for most), so that it never writes into a connection we just closed.
    keepAliveTimeout: 65_000,
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    genReqId: (request) => requestIdOf(request.headers['x-request-id'], config.trustProxy !== false),
    routerOptions: { maxParamLength: 2_000 },
  })
  addRequestLog(app)
  endConnectionsOnClosing(app)
  // First of the hooks that may refuse a request: an upgrade refused before its hook ran would stay open for ever.
  await app.register(websocket, {
    options: { maxPayload: socketMessageLimitBytes },
    errorHandler(error, socket, request) {
      // A frame too large or broken, a line cut: the other side's doing.
      request.log.info({ err: error }, 'a socket was ended')
      socket.terminate()
    },
  })
  await addSecurityHeaders(app, config.publicUrl)
  await app.register(cookie)
  await app.register(rateLimit, { global: false })
  await app.register(compress, {
    encodings: ['br', 'gzip'],
    globalDecompression: false,
    // The default, 11, is for files compressed once: it takes a hundred times as long as this.
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
  })
  app.addHook('onRoute', (route) => {
    if (route.url.startsWith('/trpc')) route.bodyLimit = trpcBodyLimitBytes
  })
  addHealth(app, database)
  app.setErrorHandler(answerError)
  await addApp(app, distDir)
  for (const register of routes) await app.register(register)
  return app
}

function addRequestLog(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
  })
  app.addHook('onResponse', async (request, reply) => {
    // Told to come again, it was refused on purpose; nothing failed.
    const isFault = reply.statusCode >= 500 && !reply.hasHeader('retry-after')
    const level = isFault ? 'error' : reply.statusCode >= 400 ? 'info' : 'debug'
    // Without the query: it can hold codes and, in tRPC, a person's input.
    const path = request.url.replace(/\?.*$/s, '')
    const elapsedMs = Math.round(reply.elapsedTime)
    request.log[level]({ method: request.method, path, status: reply.statusCode, elapsedMs }, 'request')
  })
}

/** A connection that is busy when closing begins would otherwise be kept for its next request, and closing wait for it. */
function endConnectionsOnClosing(app: FastifyInstance): void {
  let isClosing = false
  app.addHook('preClose', async () => {
    isClosing = true
  })
  app.addHook('onSend', async (_request, reply) => {
    if (isClosing) reply.header('connection', 'close')
  })
}

/** /health: the process runs (else restart it). /ready: it can do its work (else send requests elsewhere). */
function addHealth(app: FastifyInstance, database: Pick<Database, 'asSystem'>): void {
  app.addHook('onSend', async (request, reply) => {
    if (['/health', '/ready'].includes(request.routeOptions.url ?? ''))
      reply.header('cache-control', 'no-store')
  })
  app.get('/health', async () => ({ status: 'ok', uptimeSeconds: Math.round(process.uptime()) }))
  app.get('/ready', async (request, reply) => {
    const outOfTime = AbortSignal.timeout(readyWithinMs)
    const timeout = new Promise<never>((_, reject) => {
      outOfTime.addEventListener('abort', () => reject(new Error(`no answer within ${readyWithinMs} ms`)))
    })
    try {
      await Promise.race([database.asSystem((tx) => tx.query('select 1')), timeout])
      return { status: 'ready' }
    } catch (error) {
      request.log.warn({ err: error }, 'not ready')
      return reply.code(503).send({ status: 'unavailable', reason: 'The database does not answer.' })
    }
  })
}

async function addApp(app: FastifyInstance, distDir: string): Promise<void> {
  const isBuilt = hasApp(distDir)
  if (isBuilt) await serveApp(app, distDir)
  app.setNotFoundHandler((request, reply) => {
    if (!wantsPage(request)) {
      return answerFailure(
        request,
        reply,
        404,
        failed('http/not-found', 'There is nothing at this address.', 'Check the address.').failure,
      )
    }
    if (isBuilt) return reply.sendFile('index.html')
    return reply
      .code(404)
      .type('text/plain; charset=utf-8')
      .send('The app is not built yet. Run: npm run build\n')
  })
}

function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const status = error.statusCode ?? 500
  if (status < 500) {
    const code = `http/${(error.code ?? String(status))
      .replace(/^FST_(ERR_)?/, '')
      .toLowerCase()
      .replaceAll('_', '-')}`
    return answerFailure(request, reply, status, failed(code, error.message, 'Check what was sent.').failure)
  }
  if (hasLeft(error, request)) {
    request.log.debug({ err: error }, 'the client went away')
    return reply.code(clientClosedRequest).send()
  }
  request.log.error({ err: error }, 'request failed')
  const { failure } = failed(
    'http/internal',
    'Something went wrong here.',
    'Try again. If it stays, look for the request’s id in the log.',
  )
  return answerFailure(request, reply, status, failure)
}

/** A tab closed or a line cut while the answer was on its way: nothing of ours failed. */
function hasLeft(error: FastifyError, request: FastifyRequest): boolean {
  return error.code === 'ERR_STREAM_PREMATURE_CLOSE' || request.socket.destroyed
}

function answerFailure(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  failure: Failure,
): FastifyReply {
  return reply.code(status).send({ failure, requestId: request.id })
}

/** A proxy's id is kept, so that both logs can be read together; anybody else's could forge entries. */
function requestIdOf(given: string | string[] | undefined, isProxyTrusted: boolean): string {
  return isProxyTrusted && typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : randomUUID()
}
