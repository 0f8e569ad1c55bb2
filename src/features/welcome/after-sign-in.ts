/** A path of this app, or null for everything else: an address in a link must not lead to another site. */
export function internalPath(next: unknown): string | null {
  if (typeof next !== 'string' || !next.startsWith('/')) return null
  const base = 'https://app.invalid'
  if (!URL.canParse(next, base)) return null
  const { origin, pathname, search, hash } = new URL(next, base)
  return origin === base && !pathname.startsWith('//') ? pathname + search + hash : null
}

/** A new browser becomes an office device, unless its owner is on the way to make it a register. */
export function becomesOffice(kind: 'new' | 'register' | 'office', next: string | null): boolean {
  return kind === 'new' && !(next !== null && /^\/(welcome|enrol)\b/.test(next))
}
