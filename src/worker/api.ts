import type {
  Business,
  Category,
  Customer,
  ModifierSet,
  Product,
  Register,
  Staff,
  StaffRole,
  Store,
  TaxClass,
} from '#domain/catalogue.ts'
import type { Failure, Result } from '#domain/failure.ts'
import type { OpenOrder, PaidOrder, TenderKind } from '#domain/order.ts'
import type { SalesQuery, SalesReport } from '#domain/report.ts'

/**
 * The contract between screens and the device's own back end (Comlink over a dedicated worker). Screens know nothing
 * of Dexie or the network. Every call answers from the device; those marked *online* say so and fail with a value.
 */
export type DeviceApi = {
  /** Calls `listener` with the topics that changed, in this or another tab. Returns when the listener is registered. */
  subscribe(listener: (topics: readonly Topic[]) => void): Promise<void>

  device(): Promise<DeviceState>
  status(): Promise<SyncStatus>
  /** Push and pull now instead of at the next occasion. */
  wakeSync(): Promise<void>

  /** *Online.* Makes the signing key, redeems the one-time code and starts the first load. */
  enrol(code: string): Promise<Result<DeviceState>>
  /** *Online.* For a browser in which the owner is signed in: enrols it as a manager's device (dashboards). */
  enrolAsOffice(): Promise<Result<DeviceState>>
  /** Forgets this enrolment. Refused while anything is unsent ([C6]). */
  forget(): Promise<Result<null>>

  /** *Online*, as are all calls of this block: what the owner does with an account instead of a PIN. */
  setUpState(): Promise<Result<{ readonly isSetUp: boolean }>>
  setUp(input: SetUpInput): Promise<Result<null>>
  ownerSignIn(email: string, password: string): Promise<Result<Account>>
  ownerSignOut(): Promise<void>
  /** The account signed in here; null when nobody is or the server can't be asked. */
  account(): Promise<Account | null>
  registerDevices(): Promise<Result<readonly RegisterDevice[]>>
  /** A code for one enrolment of this register: 10 minutes, single use. */
  createEnrolmentCode(registerId: string): Promise<Result<EnrolmentCode>>
  addRegister(storeId: string, name: string): Promise<Result<Register>>

  staffList(): Promise<readonly StaffCard[]>
  signIn(staffId: string, pin: string): Promise<PinOutcome>
  signOut(): Promise<void>

  catalogue(): Promise<Catalogue>
  /** Products by name, variant, SKU or barcode; best first. */
  searchProducts(text: string, limit: number): Promise<readonly ProductHit[]>
  /** Exact scan: GTIN (any length, leading zeros ignored) or SKU. */
  findByBarcode(barcode: string): Promise<ProductHit | null>

  /** The order being built survives a reload: the till saves it on every change. Null clears it. */
  saveOpenOrder(order: OpenOrder | null): Promise<void>
  loadOpenOrder(): Promise<OpenOrder | null>
  parkOrder(order: OpenOrder): Promise<Result<null>>
  parkedOrders(): Promise<readonly OpenOrder[]>
  /** Takes a parked order off the list and makes it the open one. */
  resumeOrder(orderId: string): Promise<Result<OpenOrder>>
  discardParkedOrder(orderId: string): Promise<void>

  /** One strict transaction ([C1]); resolves after its `complete`. Paying the same orderId twice answers the first result. */
  payOrder(order: OpenOrder, tenders: readonly TenderInput[]): Promise<Result<Sold>>

  /** This register's and its store's recent orders, newest first. `text` matches the receipt number or an item's name. */
  recentOrders(options: {
    text: string
    limit: number
    thisRegisterOnly: boolean
  }): Promise<readonly OrderCard[]>
  order(orderId: string): Promise<OrderDetail | null>

  /** The dashboard: segments plus own operations ([D1]); works offline. */
  salesReport(query: SalesQuery): Promise<NamedSalesReport>

  readImport(
    file: { name: string; bytes: ArrayBuffer },
    choices: ImportChoices,
  ): Promise<Result<ImportPreview>>
  /** *Online.* Sends what `readImport` prepared last. `progress` gets rows done. Resolves when done or cancelled. */
  runImport(progress: (done: number, total: number) => void): Promise<Result<ImportOutcome>>
  cancelImport(): Promise<void>
  /** CSV text of the refused rows with their reasons. */
  refusedRows(): Promise<string>
  /** *Online.* */
  imports(): Promise<Result<readonly ImportRecord[]>>
  /** *Online.* */
  undoImport(importId: string): Promise<Result<null>>
}

export type Topic = 'device' | 'status' | 'catalogue' | 'staff' | 'orders' | 'parked' | 'sales'

export type DeviceState =
  | { readonly kind: 'new' }
  | {
      readonly kind: 'register' | 'office'
      readonly installId: string
      readonly business: Business | null
      /** Null on an office device and until the first load has brought it. */
      readonly store: Store | null
      readonly register: Register | null
      /** Whether the first load is complete; until then `loadedShare` is 0…1. */
      readonly isLoaded: boolean
      readonly loadedShare: number
      readonly signedIn: StaffCard | null
    }

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

export type RegisterDevice = {
  readonly registerId: string
  readonly name: string
  readonly storeId: string
  readonly storeName: string
  /** The install that sells as this register now, or null when no device is enrolled. */
  readonly install: {
    readonly installId: string
    readonly enrolledAt: number
    readonly heardAt: number | null
    readonly lastSeq: number
  } | null
}

export type EnrolmentCode = { readonly code: string; readonly expiresAt: number; readonly url: string }

export type SyncStatus = {
  /** Whether the server answered last time. */
  readonly isOnline: boolean
  readonly isSyncing: boolean
  /** Operations that exist on this device only ([C7]). */
  readonly unsentCount: number
  readonly oldestUnsentAt: number | null
  readonly lastContactAt: number | null
  readonly journalSeq: number
  readonly isStorageShort: boolean
  /** What keeps this device from sending although the server answers, e.g. a revoked install. */
  readonly trouble: Failure | null
}

export type StaffCard = {
  readonly staffId: string
  readonly name: string
  readonly role: StaffRole
  readonly hasPin: boolean
}

export type PinOutcome =
  | { readonly kind: 'signed-in'; readonly staff: StaffCard }
  | { readonly kind: 'wrong'; readonly triesLeft: number }
  | { readonly kind: 'wait'; readonly waitMs: number }

export type Catalogue = {
  readonly version: number
  readonly categories: readonly Category[]
  readonly products: readonly Product[]
  readonly modifierSets: readonly ModifierSet[]
  readonly taxClasses: readonly TaxClass[]
  readonly customers: readonly Customer[]
  readonly stores: readonly Store[]
  readonly registers: readonly Register[]
  readonly staff: readonly Pick<Staff, 'staffId' | 'name' | 'role'>[]
}

export type ProductHit = { readonly productId: string; readonly variantId: string | null }

export type TenderInput = {
  readonly tender: TenderKind
  readonly amountMinor: number
  readonly tenderedMinor: number
}

export type Sold = { readonly order: PaidOrder; readonly seq: number; readonly hash: string }

export type SyncState = 'only-here' | 'sent' | 'from-elsewhere'

export type OrderCard = {
  readonly orderId: string
  readonly receiptNumber: string
  readonly occurredAt: number
  readonly registerId: string
  readonly totalMinor: number
  readonly itemsMilli: number
  readonly title: string
  readonly isRefund: boolean
  readonly syncState: SyncState
}

export type OrderDetail = {
  readonly order: PaidOrder
  readonly hash: string | null
  readonly syncState: SyncState
  readonly staffName: string | null
}

/** Per register: how far its sales are in the figures. */
export type RegisterHeard = {
  readonly registerId: string
  readonly name: string
  readonly storeName: string
  /** When the server last heard from it, ms since 1970; null: never. This device: now. */
  readonly heardAt: number | null
  readonly isThisDevice: boolean
  readonly unsentCount: number
}

export type NamedSalesReport = {
  readonly report: SalesReport
  /** Names of everything that the rankings mention, by id. */
  readonly names: Readonly<Record<string, string>>
  readonly currency: { readonly code: string; readonly exponent: 0 | 2 | 3 }
  readonly registers: readonly RegisterHeard[]
  /** Every store of the tenant, for the filter. */
  readonly stores: readonly { readonly storeId: string; readonly name: string }[]
  /** When this device last pulled; null: never. */
  readonly asOf: number | null
  /** Today in the (first) store's zone, and the local hour: charts mark it. */
  readonly today: string
  readonly hourNow: number
}

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
