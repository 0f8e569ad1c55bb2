import type { CashMoved, ShiftClosed } from '#protocol/facts.ts'
import type { ShiftOpened } from '#protocol/paid-order.ts'
import type { CountedIn, Draft } from './decide-draft.ts'
import type { CashWrite, KnownShift, ShiftShare } from './ports.ts'
import type { Finding } from './tasks.ts'

/**
 * [R6] Counts a fact in the shift that it names or, where that one is closed, in the register's open one or the next that
 * opens, and notes which in what is written of it. A shift that is not known yet is taken at its word.
 */
export function countInShift(
  draft: Draft,
  write: CountedIn,
  named: { readonly shiftId: string | null; readonly registerId: string },
  share: ShiftShare,
): readonly Finding[] {
  const { registerId } = named
  const isClosed = isShiftClosed(draft, named.shiftId)
  write.shiftId = isClosed ? (draft.openShifts.get(registerId) ?? null) : named.shiftId
  if (write.shiftId !== null) addToShift(draft, write.shiftId, share)
  else if (isClosed) draft.late.set(registerId, [...(draft.late.get(registerId) ?? []), { write, share }])
  return isClosed ? [{ flag: 'closed-shift' }] : []
}

/** [R6] The install that opens a shift writes it; opening it again changes nothing. */
export function decideShiftOpened(draft: Draft, shift: ShiftOpened): readonly Finding[] {
  const { shiftId, registerId, openingFloatMinor } = shift
  const { installId } = draft.install
  const held = draft.shifts.get(shiftId)
  if (held && held.installId !== null) return []
  const sums = held ?? noFacts
  draft.effects.shiftsOpened.push({ ...shift, installId })
  draft.shifts.set(shiftId, {
    ...sums,
    installId,
    registerId,
    expectedCashMinor: sums.expectedCashMinor + openingFloatMinor,
  })
  if (!sums.isClosed) becomeOpen(draft, registerId, shiftId)
  return []
}

/** [I10] What the register says against the facts that are held for it. The first close stands. */
export function decideShiftClosed(draft: Draft, closed: ShiftClosed): readonly Finding[] {
  const { shiftId, registerId } = closed
  const held = draft.shifts.get(shiftId)
  if (held?.isClosed) return [{ flag: 'closed-shift' }]
  draft.effects.shiftsClosed.push(closed)
  draft.shifts.set(shiftId, { ...noFacts, installId: null, registerId, ...held, isClosed: true })
  if (draft.openShifts.get(registerId) === shiftId) draft.openShifts.delete(registerId)
  const isSame =
    held?.orderCount === closed.orderCount &&
    held.netMinor === closed.netMinor &&
    held.expectedCashMinor === closed.expectedCashMinor
  return isSame ? [] : [{ flag: 'totals-differ' }]
}

export function decideCashMoved(draft: Draft, moved: CashMoved): readonly Finding[] {
  const cashMinor = moved.kind === 'paid-in' ? moved.amountMinor : -moved.amountMinor
  const write: CashWrite & CountedIn = { ...moved }
  draft.effects.cashMoved.push(write)
  return countInShift(draft, write, moved, { orderCount: 0, netMinor: 0, cashMinor })
}

function becomeOpen(draft: Draft, registerId: string, shiftId: string): void {
  draft.openShifts.set(registerId, shiftId)
  const waiting = draft.waiting.get(registerId)
  if (waiting) {
    draft.effects.adoptions.push({ shiftId, registerId })
    addToShift(draft, shiftId, waiting)
    draft.waiting.delete(registerId)
  }
  for (const { write, share } of draft.late.get(registerId) ?? []) {
    write.shiftId = shiftId
    addToShift(draft, shiftId, share)
  }
  draft.late.delete(registerId)
}

function isShiftClosed(draft: Draft, shiftId: string | null): boolean {
  return shiftId !== null && draft.shifts.get(shiftId)?.isClosed === true
}

function addToShift(draft: Draft, shiftId: string, share: ShiftShare): void {
  const shift = draft.shifts.get(shiftId)
  if (!shift) return
  draft.shifts.set(shiftId, {
    ...shift,
    orderCount: shift.orderCount + share.orderCount,
    netMinor: shift.netMinor + share.netMinor,
    expectedCashMinor: shift.expectedCashMinor + share.cashMinor,
  })
}

const noFacts: Omit<KnownShift, 'installId' | 'registerId'> = {
  isClosed: false,
  orderCount: 0,
  netMinor: 0,
  expectedCashMinor: 0,
}
