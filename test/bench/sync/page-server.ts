import type { ServerResponse } from 'node:http'
import { emptyPage } from '../../e2e/bundled-page.ts'

/** Pages without these get a clock of 100 µs, a good part of what is measured. */
export const isolation = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
} as const

/** Answers the page and its script; false where something else was asked for. */
export function sendPage(path: string | undefined, script: string, response: ServerResponse): boolean {
  if (path !== '/' && path !== '/page.js') return false
  const isScript = path === '/page.js'
  response.writeHead(200, {
    ...isolation,
    'content-type': isScript ? 'text/javascript' : 'text/html; charset=utf-8',
  })
  response.end(isScript ? script : emptyPage('/page.js'))
  return true
}
