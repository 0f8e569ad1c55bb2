import { canonicalJson } from '#sync/canonical-json.ts'

const texts = new WeakMap<object, string>()

/** The canonical JSON of a document that is never changed, made once. */
export function textOf(doc: unknown): string {
  if (typeof doc !== 'object' || doc === null) return canonicalJson(doc)
  const known = texts.get(doc)
  if (known !== undefined) return known
  const text = canonicalJson(doc)
  texts.set(doc, text)
  return text
}
