/**
 * JSON Canonicalization Scheme (RFC 8785): one text per value, whatever the order of its keys.
 * A property that is `undefined` counts as absent, as in `JSON.stringify`.
 * Throws on what JSON cannot hold (NaN, infinities, lone surrogates, functions): such a value is our own bug.
 */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return canonicalString(value)
    case 'number':
      return canonicalNumber(value)
    case 'boolean':
      return value ? 'true' : 'false'
    case 'object':
      return value === null ? 'null' : canonicalObject(value)
    default:
      throw new TypeError(`Canonical JSON cannot hold a ${typeof value}.`)
  }
}

function canonicalObject(value: object): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  // RFC 8785, 3.2.3: keys in the order of their UTF-16 code units, which is the language's own order of strings.
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, member]) => `${canonicalString(key)}:${canonicalJson(member)}`)
  return `{${members.join(',')}}`
}

/** RFC 8785, 3.2.2.3 takes the language's own shortest form of a number; −0 becomes 0. */
function canonicalNumber(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError(`Canonical JSON cannot hold ${value}.`)
  return JSON.stringify(value)
}

/** RFC 8785, 3.2.2.2 escapes exactly what `JSON.stringify` escapes, but refuses lone surrogates. */
function canonicalString(value: string): string {
  if (/\p{Surrogate}/u.test(value)) throw new TypeError('Canonical JSON cannot hold a lone surrogate.')
  return JSON.stringify(value)
}
