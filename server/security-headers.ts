import helmet from '@fastify/helmet'
import type { FastifyInstance } from 'fastify'
import { failed } from '#domain/failure.ts'

/** Powers of the browser: what a till's devices need, for our own pages; everything else is off, also in frames. */
const permissions = [
  ...['camera', 'usb', 'serial', 'hid', 'fullscreen', 'screen-wake-lock', 'window-management'].map(
    (name) => `${name}=(self)`,
  ),
  ...['clipboard-write', 'publickey-credentials-get', 'autoplay'].map((name) => `${name}=(self)`),
  ...['microphone', 'geolocation', 'payment', 'midi', 'magnetometer', 'gyroscope', 'accelerometer'].map(
    (name) => `${name}=()`,
  ),
  ...['display-capture', 'browsing-topics', 'identity-credentials-get', 'xr-spatial-tracking'].map(
    (name) => `${name}=()`,
  ),
].join(', ')

const writingMethods = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])
const twoYearsSeconds = 63_072_000

/** Headers on every answer, and the refusal of requests that another site's page makes in a person's name. */
export async function addSecurityHeaders(app: FastifyInstance, publicUrl: string | undefined): Promise<void> {
  const publicHost = publicUrl === undefined ? undefined : new URL(publicUrl).host
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: contentSecurityPolicy(publicHost) },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    // Pages hold addresses with order numbers; no other site gets them.
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: false,
    xFrameOptions: { action: 'deny' },
  })
  app.addHook('onRequest', async (request, reply) => {
    reply.header('permissions-policy', permissions)
    // In plain HTTP browsers ignore it; a shop that tries things out on a LAN must not be locked out later.
    if (request.protocol === 'https') reply.header('strict-transport-security', `max-age=${twoYearsSeconds}`)
    const isUpgrade = request.headers.upgrade !== undefined
    if (!isUpgrade && !writingMethods.has(request.method)) return
    if (isOurs(request.headers.origin, request.host, publicHost)) return
    const { failure } = failed(
      'http/foreign-origin',
      'This request came from a page of another site.',
      'Open Evertill at its own address. Behind a proxy, set PUBLIC_URL to that address.',
    )
    return reply.code(403).send({ failure, requestId: request.id })
  })
}

/** Programs send no Origin; a browser does on everything that writes and on each WebSocket. */
function isOurs(origin: string | undefined, host: string, publicHost: string | undefined): boolean {
  if (origin === undefined) return true
  const originHost = URL.parse(origin)?.host
  return originHost !== undefined && originHost !== '' && (originHost === host || originHost === publicHost)
}

function contentSecurityPolicy(publicHost: string | undefined): Record<string, string[]> {
  // 'self' covers a WebSocket to the same host; Safari before 15.4 needs the address itself.
  const sockets = publicHost === undefined ? [] : [`wss://${publicHost}`]
  return {
    'default-src': ["'none'"],
    // The reader of QR codes, for browsers without one of their own, is WebAssembly; this allows no other evaluation.
    'script-src': ["'self'", "'wasm-unsafe-eval'"],
    'style-src': ["'self'"],
    'img-src': ["'self'", 'data:', 'blob:'],
    'font-src': ["'self'"],
    'connect-src': ["'self'", ...sockets],
    'worker-src': ["'self'"],
    'manifest-src': ["'self'"],
    'form-action': ["'self'"],
    'base-uri': ["'none'"],
    'frame-ancestors': ["'none'"],
    'require-trusted-types-for': ["'script'"],
    'trusted-types': ['evertill'],
  }
}
