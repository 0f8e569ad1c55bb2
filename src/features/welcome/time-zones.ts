/** Every zone that this browser knows, its own first. The list of `Intl` leaves out aliases that it uses itself. */
export function timeZones(): { readonly own: string; readonly all: readonly string[] } {
  const own = new Intl.DateTimeFormat().resolvedOptions().timeZone
  return { own, all: [...new Set([own, 'UTC', ...Intl.supportedValuesOf('timeZone')])] }
}

/** The zone that a text means: `europe/berlin`, `New York` where only one zone ends so. Null: none, or several. */
export function findTimeZone(text: string, zones: readonly string[]): string | null {
  const wanted = plain(text)
  if (wanted === '') return null
  const exact = zones.find((zone) => plain(zone) === wanted)
  if (exact !== undefined) return exact
  const byCity = zones.filter((zone) => plain(zone).endsWith(`/${wanted}`))
  return byCity.length === 1 ? byCity[0]! : null
}

function plain(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replaceAll(/[_\s]+/g, ' ')
}
