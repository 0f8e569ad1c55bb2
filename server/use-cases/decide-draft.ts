import type { StaffRole } from '#domain/catalogue.ts'
import type { Operation } from '#sync/operation.ts'
import { recordText } from './mentioned.ts'
import type {
  CashWrite,
  Effects,
  ExtraPayments,
  InstallState,
  Known,
  KnownRecord,
  MovementWrite,
  OrderWrite,
  RecordWrite,
  ShiftShare,
} from './ports.ts'

/** Who is judged, and when by the server's clock (ms since 1970). */
export type Judging = { readonly install: InstallState; readonly raisedAt: number }

/** What is written of a fact, as far as it says where the fact counts: null, in its register's next shift. */
export type CountedIn = { shiftId: string | null }

/** A working copy of what is known: each operation of a batch sees what the ones before it did. */
export type Draft = ReturnType<typeof startDraft>

export function startDraft(known: Known, { install, raisedAt }: Judging) {
  const written = new Map<string, RecordWrite>()
  const effects = {
    orders: [] as (OrderWrite & CountedIn)[],
    extraPayments: [] as (ExtraPayments & CountedIn)[],
    refundedOrderIds: [] as string[],
    shiftsOpened: [] as Effects['shiftsOpened'][number][],
    adoptions: [] as Effects['adoptions'][number][],
    shiftsClosed: [] as Effects['shiftsClosed'][number][],
    cashMoved: [] as (CashWrite & CountedIn)[],
    movements: [] as MovementWrite[],
  }
  const records = new Map(known.records)
  return {
    install,
    raisedAt,
    nextV: known.nextV,
    seenStockMilli: known.seenStockMilli,
    effects,
    orders: new Map(known.orders),
    refundedMinor: new Map(known.refundedMinor),
    payments: new Set(known.payments),
    receiptNumbers: new Set(known.receiptNumbers),
    shifts: new Map(known.shifts),
    openShifts: new Map(known.openShifts),
    stock: new Map(known.stock),
    /** [R6] What this batch brought too late for its shift while no other was open, by register. */
    late: new Map<string, { readonly write: CountedIn; readonly share: ShiftShare }[]>(),
    /** [R6] What waited since earlier batches, by register. */
    waiting: new Map(known.waiting),
    /** By the stock's text: what this batch moved so far, in sequence. */
    moved: new Map<string, { readonly seq: number; readonly quantityMilli: number }[]>(),

    record: (kind: string, id: string): KnownRecord | undefined => records.get(recordText(kind, id)),
    write(record: RecordWrite): void {
      const { kind, id, isDeleted, doc, writers } = record
      const key = recordText(kind, id)
      records.set(key, { v: known.nextV, isDeleted, doc, writers })
      written.set(key, record)
    },
    isDismissed: (staffId: string | null): boolean => staffId !== null && !known.activeStaff.has(staffId),
    /** An owner who is signed in to the office has no staff member; at a register nobody is nobody. */
    roleOf({ actorId }: Operation): StaffRole | null {
      if (actorId !== null) return known.activeStaff.get(actorId) ?? null
      return install.kind === 'office' ? 'owner' : null
    },
    result: (): Effects => ({ ...effects, records: [...written.values()] }),
  }
}
