import type { OperationFlag } from '#sync/operation.ts'
import { decideParked, decideVoided } from './decide-parked.ts'
import { decidePaid } from './decide-orders.ts'
import { decideEdit, decideSettlement, decideTaskDone } from './decide-records.ts'
import { decideCashMoved, decideShiftClosed, decideShiftOpened } from './decide-shifts.ts'
import { decideCount, decideStockMoved } from './decide-stock.ts'
import { type Draft, type Judging, startDraft } from './decide-draft.ts'
import type { DecodedOperation } from './decoded.ts'
import type { Effects, JudgedOperation, Known } from './ports.ts'
import { parkedTask, type Finding, type Subject, tasksOf } from './tasks.ts'

export type Decision = { readonly judged: readonly JudgedOperation[]; readonly effects: Effects }

/**
 * Judges the operations of a batch one after the other, each on what the ones before it left: results with flags, and what
 * changes beside the journal. Pure; a fact always counts, whatever it is flagged with ([P4]).
 */
export function decide(batch: readonly DecodedOperation[], known: Known, judging: Judging): Decision {
  const draft = startDraft(known, judging)
  const judged = batch.map((each) =>
    known.operations.has(each.operation.opId) ? repeated(each) : judge(draft, each),
  )
  return { judged, effects: draft.result() }
}

/**
 * [P2] It has its place in this journal; what it says took effect, or is parked, under another: a device offers it again after a fork,
 * or both copies of a cloned profile held it unsent.
 */
function repeated({ operation }: DecodedOperation): JudgedOperation {
  return { operation, result: { seq: operation.seq, status: 'applied', flags: [] }, isRepeat: true }
}

function judge(draft: Draft, each: DecodedOperation): JudgedOperation {
  const { operation } = each
  const { install, raisedAt } = draft
  if (each.decoded.kind === 'nothing') {
    draft.write(parkedTask(install, operation, raisedAt))
    return { operation, result: { seq: operation.seq, status: 'parked', flags: [] } }
  }
  const findings: Finding[] = [
    // [P5] What it sold is money that was taken.
    ...(install.isRevoked ? [{ flag: 'revoked-install' } as const] : []),
    ...findingsOf(draft, each),
  ]
  const subject = subjectOf(each)
  for (const task of tasksOf(findings, { install, operation, subject, raisedAt })) draft.write(task)
  const flags: readonly OperationFlag[] = [...new Set(findings.map(({ flag }) => flag))]
  return { operation, result: { seq: operation.seq, status: 'applied', flags } }
}

function findingsOf(draft: Draft, { operation, decoded }: DecodedOperation): readonly Finding[] {
  switch (decoded.kind) {
    case 'order.paid':
      return decidePaid(draft, operation, decoded.payload)
    case 'order.parked':
      return decideParked(draft, decoded.payload)
    case 'order.voided':
      return [...dismissed(draft, operation.actorId), ...decideVoided(draft, decoded.payload)]
    case 'shift.opened':
      return decideShiftOpened(draft, decoded.payload)
    case 'shift.closed':
      return [...dismissed(draft, operation.actorId), ...decideShiftClosed(draft, decoded.payload)]
    case 'cash.moved':
      return [...dismissed(draft, operation.actorId), ...decideCashMoved(draft, decoded.payload)]
    case 'stock.counted':
      return [...dismissed(draft, operation.actorId), ...decideCount(draft, operation, decoded.payload)]
    case 'stock.moved':
      return [...dismissed(draft, operation.actorId), ...decideStockMoved(draft, operation, decoded.payload)]
    case 'record.edited':
      return decideEdit(draft, operation, decoded.payload)
    case 'conflict.settled':
      return decideSettlement(draft, operation, decoded.payload)
    case 'task.done':
      return decideTaskDone(draft, operation, decoded.payload)
    case 'nothing':
      return []
  }
}

function dismissed(draft: Draft, actorId: string | null): readonly Finding[] {
  return draft.isDismissed(actorId) ? [{ flag: 'dismissed-staff' }] : []
}

function subjectOf({ decoded }: DecodedOperation): Subject {
  switch (decoded.kind) {
    case 'order.paid': {
      const { storeId, registerId, orderId, receiptNumber } = decoded.payload
      return { storeId, registerId, orderId, receiptNumber }
    }
    case 'order.parked': {
      const { storeId, registerId, order } = decoded.payload
      return { storeId, registerId, orderId: order.orderId }
    }
    case 'order.voided': {
      const { storeId, registerId, orderId } = decoded.payload
      return { storeId, registerId, orderId }
    }
    case 'shift.opened':
    case 'shift.closed':
    case 'cash.moved': {
      const { storeId, registerId } = decoded.payload
      return { storeId, registerId }
    }
    case 'stock.counted':
    case 'stock.moved':
      return { storeId: decoded.payload.storeId }
    default:
      return {}
  }
}
