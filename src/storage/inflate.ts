import type { Inflate } from './packs.ts'

/** With the browser's own means. */
export const browserInflate: Inflate = async (bytes) => {
  const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'))
  return new Response(inflated).text()
}
