import type { SelectOption } from '../../ui/select.tsx'

/** Every zone that this browser knows, in groups by its part of the world, and the one in use now. */
export function zoneOptions(kept: string): readonly SelectOption<string>[] {
  return [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', kept])].sort().map((value) => {
    const [region, ...place] = value.split('/')
    return place.length === 0
      ? { value, label: value, group: 'Other' }
      : { value, label: zoneName(value), group: region! }
  })
}

/** `New York`, `Indiana, Knox`. */
export function zoneName(timeZone: string): string {
  const [region, ...place] = timeZone.split('/')
  return (place.length === 0 ? [region!] : place).join(', ').replaceAll('_', ' ')
}
