import type { FastifyInstance } from 'fastify'

type Picture = { readonly mediaType: string; readonly bytes: Buffer }

/**
 * Product pictures, by the hash of their bytes: the address of a picture never changes its content. Not secret (they
 * hang over the counter), so the service worker and a proxy may keep them.
 */
export function registerPictures(
  app: FastifyInstance,
  findPicture: (pictureId: string) => Promise<Picture | null>,
): void {
  app.get<{ Params: { id: string } }>('/pictures/:id', async (request, reply) => {
    const picture = await findPicture(request.params.id)
    if (!picture) return reply.code(404).send({ code: 'picture/unknown' })
    return reply
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox")
      .type(picture.mediaType)
      .send(picture.bytes)
  })
}
