import type { TenderKind } from '#domain/order.ts'

/**
 * Money in minor units, quantities in thousandths. In every line and in the totals:
 * `gross − discount = net` unless a warning says otherwise, and `net + tax = total` always. Refunds are negative.
 */
export type ImportedAmounts = {
  readonly grossMinor: number
  readonly discountMinor: number
  /** Revenue: without tax where the file tells tax apart. */
  readonly netMinor: number
  readonly taxMinor: number
  readonly totalMinor: number
}

export type ImportedLine = ImportedAmounts & {
  /** The file's product id, else the exact product text: `Matcha Latte` and `matcha latte` are two products. */
  readonly productKey: string
  /** As written, blanks at the ends too. */
  readonly productName: string
  readonly variantName: string | null
  readonly categoryName: string | null
  readonly sku: string | null
  readonly barcode: string | null
  readonly modifiers: readonly string[]
  readonly quantityMilli: number
  readonly unitPriceMinor: number
  readonly note: string | null
}

export type ImportedOrder = {
  /** The same for the same sale in every import. Unique within its store. */
  readonly externalId: string
  readonly storeName: string
  readonly registerName: string | null
  /** Local to the store, as the file says. */
  readonly businessDay: string
  readonly businessHour: number
  /** Epoch milliseconds. */
  readonly occurredAt: number
  readonly isRefund: boolean
  /** The sale with the same transaction id in the same file, or null. */
  readonly refundOfExternalId: string | null
  readonly tender: TenderKind
  readonly customerName: string | null
  readonly lines: readonly ImportedLine[]
  readonly totals: ImportedAmounts
}

export type RefusedRow = {
  /** As a spreadsheet counts: the header is 1. */
  readonly row: number
  readonly code: string
  readonly reason: string
  /** As in the file. */
  readonly cells: readonly string[]
}

export type ImportWarning = {
  readonly code: string
  readonly sentence: string
  readonly count: number
  /** The first few rows it is about. */
  readonly rows: readonly number[]
}

export type ImportedProduct = {
  readonly productKey: string
  readonly productName: string
  readonly categoryName: string | null
  /** In order of name; null is the product without a variant name. */
  readonly variants: readonly {
    readonly variantName: string | null
    readonly sku: string | null
    readonly barcode: string | null
    /** Of its newest sale. */
    readonly unitPriceMinor: number
  }[]
}

export type ImportSummary = ImportedAmounts & {
  /** Rows with anything in them. */
  readonly rows: number
  readonly rowsTaken: number
  readonly rowsRefused: number
  /** Sales and refunds together. */
  readonly orders: number
  readonly refunds: number
  readonly quantityMilli: number
  readonly firstDay: string | null
  readonly lastDay: string | null
  readonly warnings: readonly ImportWarning[]
}

export type ImportedSales = {
  /** Oldest first, then by store and id. */
  readonly orders: readonly ImportedOrder[]
  readonly refused: readonly RefusedRow[]
  readonly stores: readonly { readonly storeName: string; readonly registerNames: readonly string[] }[]
  readonly products: readonly ImportedProduct[]
  readonly categories: readonly string[]
  readonly tenders: readonly {
    readonly tender: TenderKind
    readonly orders: number
    readonly totalMinor: number
  }[]
  readonly summary: ImportSummary
}
