/**
 * JSON Canonicalization Scheme (RFC 8785): one text per value, whatever the order of its keys.
 * A property that is `undefined` counts as absent, as in `JSON.stringify`.
 * Throws on what JSON cannot hold (NaN, infinities, lone surrogates, functions): such a value is our own bug.
 * A sale waits for this, so it makes no arrays on its way.
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
      if (value === null) return 'null'
      return Array.isArray(value) ? canonicalArray(value) : canonicalObject(value as Record<string, unknown>)
    default:
      throw new TypeError(`Canonical JSON cannot hold a ${typeof value}.`)
  }
}

function canonicalArray(values: readonly unknown[]): string {
  let text = ''
  for (const value of values) text += (text === '' ? '' : ',') + canonicalJson(value)
  return `[${text}]`
}

function canonicalObject(value: Record<string, unknown>): string {
  let text = ''
  // RFC 8785, 3.2.3: keys in the order of their UTF-16 code units, which is the language's own order of strings.
  for (const key of Object.keys(value).sort()) {
    const member = value[key]
    if (member !== undefined)
      text += `${text === '' ? '' : ','}${canonicalString(key)}:${canonicalJson(member)}`
  }
  return `{${text}}`
}

/** RFC 8785, 3.2.2.3 takes the language's own shortest form of a number; −0 becomes 0. */
function canonicalNumber(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError(`Canonical JSON cannot hold ${value}.`)
  return String(value)
}

/** Printable ASCII without `"` and `\`, as nearly all text of a sale is: it stands for itself. */
const plain = /^[ !#-[\]-~]*$/

/** RFC 8785, 3.2.2.2 escapes exactly what `JSON.stringify` escapes, but refuses lone surrogates. */
function canonicalString(value: string): string {
  if (plain.test(value)) return `"${value}"`
  if (!value.isWellFormed()) throw new TypeError('Canonical JSON cannot hold a lone surrogate.')
  return JSON.stringify(value)
}
