import type { FastifyInstance } from 'fastify'
import type { Database } from '../database/pool.ts'

type PictureRow = { media_type: string; bytes: Buffer }

/**
 * Product pictures, by the hash of their bytes: the address of a picture never changes its content. Not secret (they
 * hang over the counter), so the service worker and a proxy may keep them.
 */
export function registerPictures(app: FastifyInstance, database: Database): void {
  app.get<{ Params: { id: string } }>('/pictures/:id', async (request, reply) => {
    const [picture] = await database.asSystem((tx) =>
      tx.query<PictureRow>('select media_type, bytes from product_picture where picture_id = $1 limit 1', [
        request.params.id,
      ]),
    )
    if (!picture) return reply.code(404).send({ code: 'picture/unknown' })
    return reply
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox")
      .header('x-content-type-options', 'nosniff')
      .type(picture.media_type)
      .send(picture.bytes)
  })
}
