import type { Task, TaskReason } from '#domain/catalogue.ts'
import type { Operation, OperationFlag } from '#sync/operation.ts'
import type { InstallState, RecordWrite, StockKey } from './ports.ts'
import { stockText } from './mentioned.ts'

/** A flag on an operation, with what a person needs to look into it. */
export type Finding = {
  readonly flag: OperationFlag
  readonly productId?: string
  /** Where the flag is about a place in the stock rather than about the operation. */
  readonly stock?: StockKey
}

/** What an operation is about. */
export type Subject = Partial<Pick<Task, 'storeId' | 'registerId' | 'orderId' | 'receiptNumber'>>

type TaskWrite = Extract<RecordWrite, { kind: 'task' }>

/** [P4] The tasks that findings call for: one per reason, for the stock one per place. */
export function tasksOf(
  findings: readonly Finding[],
  about: {
    readonly install: InstallState
    readonly operation: Operation
    readonly subject: Subject
    readonly raisedAt: number
  },
): TaskWrite[] {
  const tasks = new Map<string, TaskWrite>()
  for (const { flag, productId = null, stock } of findings) {
    const reason = reasonOf(flag)
    if (reason === null) continue
    const taskId = stock ? `${reason}/${stockText(stock)}` : `${reason}/${about.operation.opId}`
    if (tasks.has(taskId)) continue
    const task = openTask(taskId, reason, about.install, about.operation.seq, about.raisedAt)
    tasks.set(taskId, taskWrite({ ...task, ...about.subject, productId: stock?.productId ?? productId }))
  }
  return [...tasks.values()]
}

export function parkedTaskId({ opId }: Operation): string {
  return `parked-operation/${opId}`
}

export function parkedTask(install: InstallState, operation: Operation, raisedAt: number): TaskWrite {
  return taskWrite(openTask(parkedTaskId(operation), 'parked-operation', install, operation.seq, raisedAt))
}

/** [P2] */
export function forkTask(install: InstallState, atSeq: number, raisedAt: number): TaskWrite {
  return taskWrite(openTask(`fork/${install.installId}/${atSeq}`, 'fork', install, atSeq, raisedAt))
}

/** [L7] A task of a store is for its devices and the offices. */
export function taskWrite(task: Task): TaskWrite {
  const { taskId: id, storeId } = task
  return { kind: 'task', id, storeId, isDeleted: false, doc: task, writers: {} }
}

/** These are for the reports: nobody has anything to do about them. */
const withoutTask = ['price-not-on-list', 'duplicate-order', 'order-settled-already'] as const

function reasonOf(flag: OperationFlag): TaskReason | null {
  return (withoutTask as readonly OperationFlag[]).includes(flag)
    ? null
    : (flag as Exclude<OperationFlag, (typeof withoutTask)[number]>)
}

function openTask(
  taskId: string,
  reason: TaskReason,
  { installId, storeId, registerId }: InstallState,
  seq: number,
  raisedAt: number,
): Task {
  return {
    taskId,
    reason,
    storeId,
    registerId,
    installId,
    seq,
    orderId: null,
    receiptNumber: null,
    productId: null,
    raisedAt,
    state: 'open',
    doneBy: null,
  }
}
