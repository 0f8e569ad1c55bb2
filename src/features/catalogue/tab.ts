import type { EditableKind } from '#domain/catalogue.ts'
import type { Start } from '../../app/editing/use-record-form.ts'
import type { ProductSummary, ShopRecords } from '../../worker/api-lists.ts'
import type { OpenedRecord } from '../../worker/api-editing.ts'
import type { PriceFormat } from './price-text.ts'

/** What each tab of the catalogue works with. */
export type TabProps = {
  readonly catalogue: ShopRecords
  readonly summary: ProductSummary
  readonly format: PriceFormat
  /** Why nothing can be changed here; null where it can. */
  readonly readOnlyReason: string | null
  /** The id of the open record; `new` while one is made. */
  readonly item: string | null
  readonly onOpen: (item: string) => void
  /** Asks first where something is not saved. */
  readonly onClose: () => void
  readonly onDone: () => void
}

/** What the sheet of one record gets from its tab. */
export type OfRecord<Kind extends EditableKind, Draft> = Pick<
  TabProps,
  'readOnlyReason' | 'onClose' | 'onDone'
> & {
  readonly id: string
  readonly start: Start<Kind, Draft>
  readonly latest: OpenedRecord<Kind> | null
}
