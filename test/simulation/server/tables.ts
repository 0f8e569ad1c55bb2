import type { OrderPack } from '#protocol/pull.ts'
import type { RecordKind } from '#domain/catalogue.ts'
import type { PaidOrder, Payment } from '#domain/order.ts'
import type { SalesCells } from '#domain/rollups.ts'
import type { PublicKey } from '#protocol/enrolment.ts'
import type { FieldWriters } from '#sync/merge-edit.ts'
import type { JournalHead, Operation, OperationResult } from '#sync/operation.ts'

/** The rows of the server in memory; never changed, only replaced, so that snapshots and backups may share them. */
export type ServerTables = {
  life: LifeRow
  /** Next receipt series, under ''. */
  series: number
  installs: InstallRow
  operations: OperationRow
  /** By opId: where it is. */
  operationIds: string
  forked: Operation
  orders: StoredOrder
  payments: PaymentRow
  receiptNumbers: string
  movements: MovementRow
  stock: StockRow
  shifts: StoredShift
  cash: CashRow
  records: StoredRecord
  segments: SegmentSums
  signatures: string
  packs: StoredPack
}

export type ServerTable = keyof ServerTables

export const serverTableNames = [
  'life',
  'series',
  'installs',
  'operations',
  'operationIds',
  'forked',
  'orders',
  'payments',
  'receiptNumbers',
  'movements',
  'stock',
  'shifts',
  'cash',
  'records',
  'segments',
  'signatures',
  'packs',
] as const satisfies readonly ServerTable[]

/** One row, under ''. */
export type LifeRow = {
  readonly epoch: string
  readonly v: number
  readonly compactedV: number
}

export type InstallRow = {
  readonly installId: string
  readonly kind: 'register' | 'office'
  readonly storeId: string | null
  readonly registerId: string | null
  readonly publicKey: PublicKey
  readonly series: number | null
  readonly head: JournalHead
  readonly isRevoked: boolean
  readonly isForked: boolean
  readonly forkedInto: string | null
  readonly heardAt: number | null
  readonly cursor: number | null
  readonly reportedSeq: number
}

export type OperationRow = {
  readonly operation: Operation
  readonly result: OperationResult
  readonly v: number
  /** The same stands in another journal, and took effect there. */
  readonly isRepeat: boolean
}

export type StoredOrder = {
  readonly order: PaidOrder
  readonly installId: string
  readonly seq: number
  /** Where it counts; null: in the register's next shift, if the order names one, else in none. */
  readonly shiftId: string | null
  readonly isShiftLate: boolean
  readonly status: 'paid' | 'refunded'
  readonly v: number
}

export type PaymentRow = {
  readonly payment: Payment
  readonly orderId: string
  readonly storeId: string
  readonly shiftId: string | null
  readonly registerId: string
  readonly isExtra: boolean
}

export type MovementRow = {
  readonly stockKey: string
  readonly kind: 'sale' | 'count' | 'received' | 'written-off'
  readonly quantityMilli: number
  readonly installId: string
  readonly seq: number
  readonly v: number
}

export type StockRow = { readonly levelMilli: number; readonly isKept: boolean }

export type StoredShift = {
  readonly shiftId: string
  readonly storeId: string
  readonly registerId: string
  readonly installId: string | null
  readonly openingFloatMinor: number
  readonly isClosed: boolean
  readonly zNumber: number | null
  readonly countedCashMinor: number | null
}

export type CashRow = {
  readonly shiftId: string | null
  readonly registerId: string
  readonly kind: 'paid-in' | 'paid-out' | 'cash-drop'
  readonly amountMinor: number
}

export type StoredRecord = {
  readonly kind: RecordKind
  readonly id: string
  readonly v: number
  readonly storeId: string | null
  readonly isDeleted: boolean
  /** As it was last, also when deleted. */
  readonly doc: unknown
  readonly writers: FieldWriters
}

export type SegmentSums = {
  readonly storeId: string
  readonly month: string
  readonly v: number
  readonly included: Readonly<Record<string, number>>
  readonly cells: SalesCells
}

export function stockText(key: {
  readonly storeId: string
  readonly productId: string
  readonly variantId: string | null
}): string {
  return `${key.storeId}/${key.productId}/${key.variantId ?? ''}`
}

export function operationText(installId: string, seq: number): string {
  return `${installId}/${seq}`
}

/** Orders of one store as one piece, by number. */
export type StoredPack = {
  readonly storeId: string
  readonly packNo: number
  /** The last order in it. */
  readonly toV: number
  readonly toOrderId: string
  readonly pack: OrderPack
}
