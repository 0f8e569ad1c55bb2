import type { PushRequest } from '#protocol/push.ts'
import type { HttpRequest } from './fault-proxy.ts'

export function isPush({ path }: Pick<HttpRequest, 'path'>): boolean {
  return path.startsWith('/trpc/operations.push')
}

/** What a device sent, each batch once. */
export function pushesIn(seen: readonly HttpRequest[]): PushRequest[] {
  const texts = new Set(seen.filter(isPush).map(({ body }) => body.toString()))
  return [...texts].map((text) => JSON.parse(text) as PushRequest)
}
