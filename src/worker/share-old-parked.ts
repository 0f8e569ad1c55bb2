import type { Store } from '../storage/store.ts'
import type { Clock } from './dependencies.ts'
import { noteUnlessFull } from './unless-full.ts'

/** What release 0.1 had parked on this device alone goes to the park list of its store. */
export async function shareOldParked({
  store,
  clock,
  newId,
}: {
  readonly store: Pick<Store, 'loadInstall' | 'shareOldParked'>
  readonly clock: Clock
  readonly newId: () => string
}): Promise<void> {
  if ((await store.loadInstall())?.kind !== 'register') return
  const now = clock()
  // Each start tries it again.
  await noteUnlessFull(store.shareOldParked(now, () => ({ opId: newId(), actorId: null, occurredAt: now })))
}
