/** Half a character, as some keyboards leave behind, cannot be journalled; it must not stop a sale either. */
export function withWholeCharacters<T>(value: T): T {
  const text = JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'string' ? each.replace(/\p{Surrogate}/gu, '\uFFFD') : each,
  )
  return JSON.parse(text) as T
}
