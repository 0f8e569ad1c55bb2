import type { Catalogue } from '../../worker/api-selling.ts'
import type { OpenedRecord } from '../../worker/api-editing.ts'
import type { PriceFormat } from './price-text.ts'
import type { CatalogueKind } from './records.ts'
import type { Start } from './use-record-form.ts'

/** What each tab of the catalogue works with. */
export type TabProps = {
  readonly catalogue: Catalogue
  readonly format: PriceFormat
  readonly isReadOnly: boolean
  /** The id of the open record; `new` while one is made. */
  readonly item: string | null
  readonly onOpen: (item: string) => void
  /** Asks first where something is not saved. */
  readonly onClose: () => void
  readonly onDone: () => void
}

/** What the sheet of one record gets from its tab. */
export type OfRecord<Kind extends CatalogueKind, Draft> = Pick<
  TabProps,
  'isReadOnly' | 'onClose' | 'onDone'
> & {
  readonly id: string
  readonly start: Start<Kind, Draft>
  readonly latest: OpenedRecord<Kind> | null
}
