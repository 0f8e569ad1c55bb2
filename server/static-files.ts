import { existsSync } from 'node:fs'
import { join, sep } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyRequest } from 'fastify'

/** Addresses that are never a page of the app, so an unknown one gets JSON. */
const notPages = /^\/(trpc|auth|live|pictures|audit|assets|health|ready|metrics)(\/|$)/
const assetsFolder = `${sep}assets${sep}`

/**
 * The built app: names with a hash are kept for a year, everything else is asked for again each time (the answer is
 * mostly 304). A `.br` or `.gz` beside a file is sent in its place.
 */
export async function serveApp(app: FastifyInstance, distDir: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: distDir,
    cacheControl: false,
    preCompressed: true,
    setHeaders(reply, path) {
      const isHashed = path.slice(distDir.length).startsWith(assetsFolder)
      reply.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
      reply.header('vary', 'accept-encoding')
    },
  })
  // The public page behind a receipt's QR code.
  app.get('/check', (_request, reply) => reply.sendFile('src/check/check.html'))
}

export function hasApp(distDir: string): boolean {
  return existsSync(join(distDir, 'index.html'))
}

/** A person opened an address inside the app: the app itself decides what is there. */
export function wantsPage(request: FastifyRequest): boolean {
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  const acceptsHtml = request.headers.accept?.includes('text/html') ?? false
  return isRead && acceptsHtml && !notPages.test(request.url.replace(/[?#].*$/s, ''))
}
