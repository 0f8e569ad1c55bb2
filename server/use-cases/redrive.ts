import { decide } from './decide.ts'
import { decode } from './decode.ts'
import { mentionedIn } from './mentioned.ts'
import type { Task } from '#domain/catalogue.ts'
import type { IngestStore, RedriveTransaction } from './ports.ts'
import { parkedTaskId, taskWrite } from './tasks.ts'

/**
 * [P4] Tries every parked operation again, as this release may understand it: oldest first, and so in the sequence of each
 * journal. Answers how many are applied now; one that fails with an error is reported, and the others go on.
 */
export async function redrive(
  { store, clock }: { readonly store: IngestStore; readonly clock: () => number },
  onError: (error: unknown) => void,
): Promise<number> {
  let applied = 0
  for (const parked of await store.listParked()) {
    try {
      if (await store.inRedrive(parked, (tx) => tryAgain(tx, clock()))) applied += 1
    } catch (error) {
      onError(error)
    }
  }
  return applied
}

async function tryAgain(tx: RedriveTransaction, raisedAt: number): Promise<boolean> {
  const decoded = decode(tx.operation)
  if (decoded.decoded.kind === 'nothing') return false
  const taskId = parkedTaskId(tx.operation)
  const known = await tx.known(mentionedIn([decoded], [['task', taskId]]))
  // It is stored itself, and has taken no effect yet.
  const { judged, effects } = decide(
    [decoded],
    { ...known, operations: new Map() },
    { install: tx.install, raisedAt },
  )
  const task = known.records.get(`task/${taskId}`)?.doc as Task | null | undefined
  const records =
    task?.state === 'open' ? [...effects.records, taskWrite({ ...task, state: 'done' })] : effects.records
  return tx.accept(judged[0]!.result, { ...effects, records })
}
