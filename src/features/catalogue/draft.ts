/** What is wrong, by the path of the field: `name`, `variants.<id>.price`. */
export type FieldErrors = Readonly<Record<string, string>>

/** A draft as a document, or why it can't be one. */
export type ReadDraft<Doc> =
  { readonly ok: true; readonly doc: Doc } | { readonly ok: false; readonly errors: FieldErrors }

export const mostNameLength = 120

/** A text that nobody touched stays as it is stored; what is typed has no space around it. */
export function kept(text: string, before: string): string {
  return text === before ? before : text.trim()
}

export function nameError(text: string): string | null {
  const length = text.trim().length
  if (length === 0) return 'Write a name.'
  return length > mostNameLength ? `Shorten it to ${mostNameLength} characters.` : null
}

/** The order of a set means nothing: one that holds the same is not a change. */
export function sameSetAs<T>(before: readonly T[], values: readonly T[]): readonly T[] {
  const isSameSet = before.length === values.length && before.every((value) => values.includes(value))
  return isSameSet ? before : values
}

/** Drafts are plain JSON made field by field in one order, so equal ones are equal as text. */
export function isSame(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other)
}

/**
 * [R2] The draft as if it had been opened now: what I changed since I saw it stays, all else is as it is now. Elements of
 * lists are told apart by `id`, or are their own id; what was taken out on either side is out.
 */
export function rebased<T>(seen: T, mine: T, now: T): T {
  if (isSame(seen, mine)) return now
  if (isSame(seen, now)) return mine
  if (Array.isArray(seen) && Array.isArray(mine) && Array.isArray(now))
    return rebasedList(seen, mine, now) as T
  if (isFields(seen) && isFields(mine) && isFields(now)) {
    const [before, own, current] = [seen, mine, now]
    const keys = Object.keys(now)
    return Object.fromEntries(keys.map((key) => [key, rebased(before[key], own[key], current[key])])) as T
  }
  return mine
}

function rebasedList(seen: unknown[], mine: unknown[], now: unknown[]): unknown[] {
  const [before, own, current] = [byId(seen), byId(mine), byId(now)]
  const stays = [...current].flatMap(([id, element]) => {
    if (!own.has(id)) return before.has(id) ? [] : [element]
    return [rebased(before.get(id) ?? element, own.get(id), element)]
  })
  const added = [...own].flatMap(([id, element]) => (before.has(id) || current.has(id) ? [] : [element]))
  return [...stays, ...added]
}

/** Paths of what differs: `name`, `variants.<id>.price`, and `variants.<id>` for one that only one of them has. */
export function changedPaths(one: unknown, other: unknown, path = ''): string[] {
  if (isSame(one, other)) return []
  if (Array.isArray(one) && Array.isArray(other) && [...one, ...other].every(isFields)) {
    const [left, right] = [byId(one), byId(other)]
    const ids = [...new Set([...left.keys(), ...right.keys()])]
    return ids.flatMap((id) => {
      const place = joined(path, id)
      return left.has(id) && right.has(id) ? changedPaths(left.get(id), right.get(id), place) : [place]
    })
  }
  if (isFields(one) && isFields(other)) {
    const [left, right] = [one, other]
    return Object.keys({ ...left, ...right }).flatMap((key) =>
      changedPaths(left[key], right[key], joined(path, key)),
    )
  }
  return [path]
}

function joined(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`
}

function byId(list: readonly unknown[]): Map<string, unknown> {
  return new Map(
    list.map((element) => [isFields(element) ? String(element['id']) : String(element), element]),
  )
}

function isFields(value: unknown): value is Record<string, unknown> {
  return value instanceof Object && !Array.isArray(value)
}
