import type { Database } from './pool.ts'

export type Picture = { readonly mediaType: string; readonly bytes: Buffer }

/** By the hash of its bytes, whichever tenant has it: the same hash is the same picture. */
export function findPicture(database: Database, pictureId: string): Promise<Picture | null> {
  return database.asSystem(async (tx) => {
    const [picture] = await tx.query<Picture>(
      'select media_type as "mediaType", bytes from product_picture where picture_id = $1 limit 1',
      [pictureId],
    )
    return picture ?? null
  })
}
