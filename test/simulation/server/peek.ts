import type { ServerView } from './memory-database.ts'
import type { ServerState } from './state-dump.ts'

/** What an onlooker can see of a server without disturbing it, wherever its rows lie. */
export type Peek = {
  standing(): Promise<Standing>
  dump(): Promise<ServerState>
}

export type Standing = {
  readonly head: number
  /** By installId. */
  readonly installs: ReadonlyMap<string, { readonly isRevoked: boolean }>
}

export function standingOf(view: ServerView): Standing {
  return {
    head: view.get('life', '')?.v ?? 0,
    installs: new Map(view.list('installs').map(([id, { isRevoked }]) => [id, { isRevoked }])),
  }
}
