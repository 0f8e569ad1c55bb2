import { loadMeta, saveMeta } from './meta.ts'
import type { DrillRow } from './rows.ts'
import type { Storage } from './tables.ts'

export type RunningDrill = NonNullable<DrillRow['running']>

export async function loadDrill(storage: Storage): Promise<DrillRow> {
  const row = await storage.read(['meta'], (tx) => loadMeta(tx, 'drill'))
  return row ?? { running: null, lastReport: null }
}

export function saveDrill(storage: Storage, change: Partial<DrillRow>): Promise<void> {
  return storage.write(['meta'], 'relaxed', async (tx) => {
    const before = (await loadMeta(tx, 'drill')) ?? { running: null, lastReport: null }
    saveMeta(tx, 'drill', { ...before, ...change })
  })
}
