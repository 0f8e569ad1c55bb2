/**
 * A frozen copy, as a database keeps what it is given: later changes of the caller's object do not reach it, and whoever
 * changes a row that was read gets an error instead of a database changed behind its back. Frozen parts are shared.
 */
export function frozenCopy<T>(value: T): T {
  if (typeof value === 'function' || typeof value === 'symbol')
    throw new DOMException('A function could not be cloned.', 'DataCloneError')
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  if (Array.isArray(value)) return Object.freeze(value.map(frozenCopy)) as T
  if (ArrayBuffer.isView(value)) return (value as unknown as Uint8Array).slice() as T
  const prototype: unknown = Object.getPrototypeOf(value)
  // Keys and other things of the platform have no parts of their own.
  if (prototype !== Object.prototype && prototype !== null) return value
  const copy: Record<string, unknown> = {}
  for (const [name, member] of Object.entries(value)) copy[name] = frozenCopy(member)
  return Object.freeze(copy) as T
}
