import type { DrillReport } from '../../worker/api-device.ts'

/** What a practice outage showed. */
export function drillWords({ operations, checks }: Pick<DrillReport, 'operations' | 'checks'>): string {
  const sold = operations === 0 ? 'Nothing was sold' : operations === 1 ? '1 sale' : `${operations} sales`
  const open = checks.filter(({ state }) => state !== 'ok').length
  const found =
    open === 0 ? 'everything in order' : open === 1 ? '1 thing to look at' : `${open} things to look at`
  return `${sold}, ${found}.`
}
