/** The few that share a key. Most have one to themselves: it stands by itself, as a list for each would take twice the memory. */
export type OneOrMany<T extends object> = T | T[]

export function manyOf<T extends object>(held: OneOrMany<T> | undefined): readonly T[] {
  if (held === undefined) return []
  return Array.isArray(held) ? held : [held]
}

/** Added twice in a row it is held once. */
export function withOne<T extends object>(held: OneOrMany<T> | undefined, added: T): OneOrMany<T> {
  if (held === undefined || held === added) return added
  if (!Array.isArray(held)) return [held, added]
  if (held[held.length - 1] !== added) held.push(added)
  return held
}

/** Undefined where none is left. */
export function withoutOne<T extends object>(held: OneOrMany<T>, removed: T): OneOrMany<T> | undefined {
  if (!Array.isArray(held)) return held === removed ? undefined : held
  const place = held.indexOf(removed)
  if (place >= 0) held.splice(place, 1)
  return held.length > 1 ? held : held[0]
}
