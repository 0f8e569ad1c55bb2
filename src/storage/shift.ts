import { type Act, inJournal, type Journalling } from './journalling.ts'
import { needMeta } from './meta.ts'
import type { Device } from './room.ts'
import type { ClosedShiftRow, InstallRow, ShiftRow } from './rows.ts'

/** Cash moved outside a sale; the amount is positive. */
export type CashMove = {
  readonly cashMovementId: string
  readonly kind: 'paid-in' | 'paid-out' | 'cash-drop'
  readonly amountMinor: number
  readonly reason: string
  readonly newShift: NewShift
}

/**
 * [R6] [I10] Closes the open shift: its sums and the next Z number come from the row that every sale of it went through.
 * Null where none is open.
 */
export function closeShift(
  device: Device,
  act: Act,
  countedCashMinor: number,
): Promise<ClosedShiftRow | null> {
  return inJournal(device, act.occurredAt, ['shifts'], async (tx, opening) => {
    const journal = await opening.journal()
    const { openShift, nextZ: zNumber } = journal.row()
    if (openShift === null) return { answer: null }
    const { shiftId, storeId, registerId, orderCount, netMinor } = openShift
    const closing = {
      closedAt: act.occurredAt,
      zNumber,
      expectedCashMinor: expectedCashOf(openShift),
      countedCashMinor,
    }
    const payload = { shiftId, storeId, registerId, orderCount, netMinor, ...closing }
    journal.append(act, 'shift.closed', payload)
    journal.change({ openShift: null, nextZ: zNumber + 1 })
    const closed = { ...openShift, ...closing }
    tx.add('shifts', [closed])
    return { journal, answer: closed }
  })
}

export function moveCash(device: Device, act: Act, { newShift, ...move }: CashMove): Promise<void> {
  return inJournal(device, act.occurredAt, [], async (tx, opening) => {
    const [journal, install] = await Promise.all([opening.journal(), needMeta(tx, 'install')])
    const { storeId, registerId } = placeOf(install)
    const { actorId, occurredAt } = act
    const shift = needShift(journal, { actorId, occurredAt }, { storeId, registerId }, newShift)
    journal.append(act, 'cash.moved', { ...move, shiftId: shift.shiftId, storeId, registerId })
    const signedMinor = move.kind === 'paid-in' ? move.amountMinor : 0 - move.amountMinor
    journal.change({ openShift: { ...shift, cashMovedMinor: shift.cashMovedMinor + signedMinor } })
    return { journal, answer: undefined }
  })
}

/** For the shift that is opened when none is. */
export type NewShift = { readonly shiftId: string; readonly opId: string }

/** [R6] The open shift; where none is, a new one, whose operation comes before that of the deed. */
export function needShift(
  journal: Journalling,
  by: Omit<Act, 'opId'>,
  place: { readonly storeId: string; readonly registerId: string },
  newShift: NewShift,
): ShiftRow {
  const { openShift } = journal.row()
  if (openShift !== null) return openShift
  const { storeId, registerId } = place
  const opened = {
    shiftId: newShift.shiftId,
    storeId,
    registerId,
    openedAt: by.occurredAt,
    openingFloatMinor: 0,
  }
  journal.append({ ...by, opId: newShift.opId }, 'shift.opened', opened)
  return { ...opened, orderCount: 0, cashMinor: 0, netMinor: 0, cashMovedMinor: 0 }
}

/** Where this register is. */
export function placeOf({ storeId, registerId }: InstallRow): { storeId: string; registerId: string } {
  if (storeId === null || registerId === null) throw new Error('This device is not a register.')
  return { storeId, registerId }
}

/** Minor units. */
function expectedCashOf({ openingFloatMinor, cashMinor, cashMovedMinor }: ShiftRow): number {
  return openingFloatMinor + cashMinor + cashMovedMinor
}
