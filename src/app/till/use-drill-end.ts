import { useQuery } from '@tanstack/react-query'
import { success, type Result } from '#domain/failure.ts'
import type { DrillReport } from '../../worker/api-device.ts'
import { answered } from '../deed.ts'
import { device, queries } from '../device.ts'

const queryKey = ['drill-ends']

/** Ends the practice outage. What was sold gets a minute to arrive, so the report may take that long. */
export function useDrillEnd() {
  // Nothing is read: every screen that speaks of the practice sees the same.
  const { data: isEnding } = useQuery({ queryKey, queryFn: () => false, initialData: false })
  return { end, isEnding }
}

async function end(): Promise<Result<DrillReport>> {
  queries.setQueryData(queryKey, true)
  const ended = await answered(async () => success(await device.endDrill()))
  queries.setQueryData(queryKey, false)
  return ended
}
