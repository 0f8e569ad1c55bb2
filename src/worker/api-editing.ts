import type { Conflict, EditableKind, RecordDocuments, Task } from '#domain/catalogue.ts'

export type OpenedRecord<Kind extends EditableKind> = {
  readonly doc: RecordDocuments[Kind]
  readonly v: number
}

export type RecordDraft<Kind extends EditableKind> = {
  readonly kind: Kind
  readonly id: string
  readonly opened: OpenedRecord<Kind> | null
  readonly doc: RecordDocuments[Kind] | null
}

/** A conflict with the names of its authors, `the office` where nobody signs in; null where they are not known here. */
export type ConflictCard = Conflict & {
  readonly mineByName: string | null
  readonly theirsByName: string | null
  readonly settledByName: string | null
  /** The field in words a person knows, e.g. `Price of Flat white, Large`. */
  readonly fieldName: string
  /** Whether the values are money in minor units, a rate in basis points, or to be shown as they are. */
  readonly valueLook: 'money' | 'rate' | 'text' | 'list' | 'flag' | 'record'
  readonly currency: { readonly code: string; readonly exponent: 0 | 2 | 3 }
  /** Whether the person signed in here may settle it. */
  readonly canSettle: boolean
}

export type TaskCard = Task & {
  readonly productName: string | null
  readonly registerName: string | null
  readonly storeName: string | null
  readonly doneByName: string | null
}
