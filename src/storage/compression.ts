import type { Inflate } from './packs.ts'

/*
 * Raw deflate (RFC 1951) of UTF-8 text, with the browser's own means. Not by way of a Blob, which takes megabytes to the browser's
 * own process and back.
 */

export async function browserDeflate(text: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await through(new CompressionStream('deflate-raw'), new TextEncoder().encode(text)))
}

/** Rejects for what is none. */
export const browserInflate: Inflate = async (bytes) =>
  new TextDecoder().decode(await through(new DecompressionStream('deflate-raw'), bytes))

async function through(
  { readable, writable }: CompressionStream | DecompressionStream,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<ArrayBuffer> {
  const writer = writable.getWriter()
  const [changed] = await Promise.all([
    new Response(readable).arrayBuffer(),
    writer.write(bytes),
    writer.close(),
  ])
  return changed
}
