import type { PushRequest } from '#protocol/push.ts'
import type { HttpRequest } from './fault-proxy.ts'

export function isPush({ path }: Pick<HttpRequest, 'path'>): boolean {
  return path.startsWith('/trpc/operations.push')
}

export function pushesIn(seen: readonly HttpRequest[]): PushRequest[] {
  return seen.filter(isPush).map(({ body }) => JSON.parse(body.toString()) as PushRequest)
}
