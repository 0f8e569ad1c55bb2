import type { RegisterDevices } from '#protocol/devices.ts'

export type Account = { readonly name: string; readonly email: string; readonly businessName: string }

export type SetUpInput = {
  /** The one-time word in the link that the server printed. */
  readonly token: string
  readonly businessName: string
  readonly ownerName: string
  readonly email: string
  readonly password: string
  /** The owner's PIN at the till, 4 to 8 digits. */
  readonly pin: string
  readonly storeName: string
  readonly timeZone: string
  readonly currencyCode: string
  readonly taxMode: 'inclusive' | 'exclusive'
  readonly taxName: string
  readonly taxRateBasisPoints: number
  /** BCP 47, such as de-CH: how receipts and reports write amounts and dates. */
  readonly locale: string
}

/** A register with its device now and those before. */
export type RegisterDevice = RegisterDevices

export type EnrolmentCode = { readonly code: string; readonly expiresAt: number; readonly url: string }

export type ImportChoices = {
  /** Field → column, as `--map`; empty: recognise. */
  readonly mapping: Readonly<Record<string, string>>
  readonly dateOrder: 'ymd' | 'mdy' | 'dmy' | null
  readonly decimalMark: '.' | ',' | null
  readonly storeName: string
}

export type ImportPreview = {
  readonly shape: 'square-items' | 'coffee-chain' | 'unknown'
  readonly header: readonly string[]
  readonly sampleRows: readonly (readonly string[])[]
  readonly mapping: Readonly<Record<string, string>>
  /** What must be answered before it can run: never guessed. */
  readonly questions: readonly ('mapping' | 'date-order' | 'decimal-mark' | 'store-name')[]
  readonly rows: number
  readonly orders: number
  readonly revenueMinor: number
  readonly from: string | null
  readonly to: string | null
  readonly stores: readonly string[]
  readonly productCount: number
  readonly refused: readonly { readonly row: number; readonly reason: string }[]
  readonly refusedCount: number
  readonly warnings: readonly string[]
}

export type ImportOutcome = {
  readonly importId: string
  readonly wasCancelled: boolean
  readonly ordersTaken: number
  readonly ordersKnown: number
  readonly rowsRefused: number
}

export type ImportRecord = {
  readonly importId: string
  readonly fileName: string
  readonly startedAt: number
  readonly orders: number
  readonly revenueMinor: number
  readonly state: 'running' | 'done' | 'cancelled' | 'undone'
}
