import { onceLoaded } from './once-loaded.ts'

type Calls<Part> = { readonly [Name in keyof Part]: (...given: never[]) => Promise<unknown> }

/**
 * Functions whose code is fetched with the first call of one of them: a till has no use for most of it, and starts sooner.
 * `names` is an object so that none can be forgotten.
 */
export function lazily<Part extends Calls<Part>>(
  names: { readonly [Name in keyof Part]: true },
  open: () => Promise<Part>,
): Part {
  const part = onceLoaded(open)
  const functions = Object.keys(names).map((name) => [
    name,
    async (...given: never[]) => (await part())[name as keyof Part](...given),
  ])
  return Object.fromEntries(functions) as Part
}
