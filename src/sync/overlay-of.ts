import type { Author, Conflict, EditableKind, ParkedOrder, RecordKind, Task } from '#domain/catalogue.ts'
import type { ConflictSettled, RecordEdit } from './edit.ts'
import { applyEdit } from './merge-edit.ts'
import type { Operation } from './operation.ts'

/**
 * How an own operation that the server's rows do not hold yet changes a record as this device sees it ([L3]).
 * `patch` writes fields of a record that is there; `put` and `remove` are about the whole.
 */
export type OverlayChange =
  | { readonly type: 'edit'; readonly edit: RecordEdit }
  | { readonly type: 'put'; readonly doc: unknown }
  | { readonly type: 'patch'; readonly fields: Readonly<Record<string, unknown>> }
  | { readonly type: 'remove' }

export type Overlay = { readonly kind: RecordKind; readonly id: string; readonly change: OverlayChange }

/**
 * What an own operation changes, in the sequence of its parts. Payloads are those of this release: the device wrote them.
 * `remove` of a parked order is answered for every paid order: it is of no account where none is parked.
 */
export function overlaysOf(
  operation: Pick<Operation, 'kind' | 'payload' | 'actorId' | 'installId' | 'occurredAt'>,
): readonly Overlay[] {
  const { kind, actorId, installId, occurredAt: at } = operation
  if (!(kind in readers)) return []
  return readers[kind as keyof typeof readers](JSON.parse(operation.payload), { actorId, installId, at })
}

/** The document as the device shows it: the pulled one with the changes laid over it, in the sequence of the journal. */
export function foldOverlays(pulled: object | null, changes: readonly OverlayChange[]): object | null {
  return changes.reduce<object | null>((doc, change) => {
    switch (change.type) {
      case 'edit':
        return applyEdit(doc, change.edit)
      case 'put':
        return change.doc as object
      case 'patch':
        return doc && { ...doc, ...change.fields }
      case 'remove':
        return null
    }
  }, pulled)
}

type Reader = (payload: never, by: Author) => readonly Overlay[]

const readers = {
  'record.edited': (edit: RecordEdit) => [overlayOfEdit(edit)],
  'order.parked': ({ baseV: _, ...parked }: ParkedOrder & { baseV: number }) => [
    { kind: 'parked-order', id: parked.order.orderId, change: { type: 'put', doc: parked } },
  ],
  'order.voided': ({ orderId }: { orderId: string }) => [removedFromParkList(orderId)],
  'order.paid': ({ orderId }: { orderId: string }) => [removedFromParkList(orderId)],
  'conflict.settled': ({ conflictId, keep, edit }: ConflictSettled, by: Author) => {
    const fields: Pick<Conflict, 'state' | 'settledBy' | 'kept'> = {
      state: 'settled',
      settledBy: by,
      kept: keep,
    }
    const settled: Overlay = { kind: 'conflict', id: conflictId, change: { type: 'patch', fields } }
    return edit === null ? [settled] : [settled, overlayOfEdit(edit)]
  },
  'task.done': ({ taskId }: { taskId: string }, by: Author) => {
    const fields: Pick<Task, 'state' | 'doneBy'> = { state: 'done', doneBy: by }
    return [{ kind: 'task', id: taskId, change: { type: 'patch', fields } }]
  },
} satisfies Record<string, Reader> as Record<
  OverlaidKind,
  (payload: unknown, by: Author) => readonly Overlay[]
>

type OverlaidKind =
  'record.edited' | 'order.parked' | 'order.voided' | 'order.paid' | 'conflict.settled' | 'task.done'

function overlayOfEdit(edit: RecordEdit): Overlay {
  return { kind: edit.kind satisfies EditableKind, id: edit.id, change: { type: 'edit', edit } }
}

function removedFromParkList(orderId: string): Overlay {
  return { kind: 'parked-order', id: orderId, change: { type: 'remove' } }
}
