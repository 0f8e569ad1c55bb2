import type { ConflictSettled, RecordEdit } from '#sync/edit.ts'
import { type Act, inJournal } from './journalling.ts'
import { layOver } from './overlays.ts'
import type { Device } from './room.ts'

const tables = ['records', 'overlays'] as const

/** [R2] [L3] Journals an edit; the device sees it at once. */
export function commitEdit(device: Device, act: Act, edit: RecordEdit): Promise<void> {
  return inJournal(device, act.occurredAt, tables, async (tx, opening) => {
    const journal = await opening.journal()
    await layOver(tx, [journal.append(act, 'record.edited', edit)])
    return { journal, answer: undefined }
  })
}

/** [R3] False where something else is kept than was seen, or the conflict is gone: then nothing is journalled. */
export function settleConflict(device: Device, act: Act, settled: ConflictSettled): Promise<boolean> {
  return inJournal(device, act.occurredAt, tables, async (tx, opening) => {
    const [journal, row] = await Promise.all([
      opening.journal(),
      tx.get('records', ['conflict', settled.conflictId]),
    ])
    if (row?.kind !== 'conflict' || !row.doc || row.doc.kept !== settled.seen) return { answer: false }
    await layOver(tx, [journal.append(act, 'conflict.settled', settled)])
    return { journal, answer: true }
  })
}

/** [P4] False where the task is done already, or gone. */
export function finishTask(device: Device, act: Act, taskId: string): Promise<boolean> {
  return inJournal(device, act.occurredAt, tables, async (tx, opening) => {
    const [journal, row] = await Promise.all([opening.journal(), tx.get('records', ['task', taskId])])
    if (row?.kind !== 'task' || row.doc?.state !== 'open') return { answer: false }
    await layOver(tx, [journal.append(act, 'task.done', { taskId })])
    return { journal, answer: true }
  })
}
