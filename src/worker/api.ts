import type {
  Business,
  Category,
  Conflict,
  Customer,
  EditableKind,
  ModifierSet,
  ParkedOrder,
  Product,
  RecordDocuments,
  Register,
  Staff,
  StaffRole,
  Store,
  Task,
  TaxClass,
} from '#domain/catalogue.ts'
import type { Failure, Result } from '#domain/failure.ts'
import type { OpenOrder, PaidOrder, TenderKind } from '#domain/order.ts'
import type { RefundChoice } from '#domain/refund.ts'
import type { SalesQuery, SalesReport } from '#domain/report.ts'
import type { DeviceOfRegister, JournalProof, RegisterDevices } from '#protocol/devices.ts'
import type { ReceiptCheck } from '#protocol/proof.ts'

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
  /** [L7] Its device gets the other store's data at its next contact; what it has not sent stays and is sent. */
  moveRegister(registerId: string, storeId: string): Promise<Result<null>>
  /** [P5] The device reads nothing more; what it sold still arrives, flagged. Can't be taken back. */
  revokeDevice(installId: string): Promise<Result<null>>
  /** Checks every journal that the server holds, hash by hash. */
  verifyJournals(): Promise<Result<readonly JournalProof[]>>

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
  /** Of the whole store, oldest first. */
  parkedOrders(): Promise<readonly ParkedCard[]>
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

  /** [R1] Gives money back for a sale that this device holds. Refused where more is taken back than this device knows to be left. */
  refundOrder(orderId: string, choices: readonly RefundChoice[], tender: TenderKind): Promise<Result<Sold>>
  /** [R6] Closes the open shift with the cash that was counted; `shift/none` where none is open. */
  closeShift(countedCashMinor: number): Promise<Result<ClosedShift>>
  moveCash(
    kind: 'paid-in' | 'paid-out' | 'cash-drop',
    amountMinor: number,
    reason: string,
  ): Promise<Result<null>>
  /** [R5] What lies on the shelf now; sales that reach the server later than this count are taken off it. */
  countStock(product: ProductHit, countedMilli: number): Promise<Result<null>>
  /** `quantityMilli` above zero; the reason says which way. */
  moveStock(
    product: ProductHit,
    quantityMilli: number,
    reason: 'received' | 'written-off',
    note: string | null,
  ): Promise<Result<null>>

  /** [R2] The record as a form opens it; null where there is none. */
  openRecord<Kind extends EditableKind>(kind: Kind, id: string): Promise<OpenedRecord<Kind> | null>
  /** All live records of a kind, as screens that edit them list them. */
  records<Kind extends EditableKind>(kind: Kind): Promise<readonly RecordDocuments[Kind][]>
  /**
   * [R2] Journals what differs between the opened and the new document, offline too. `opened: null` creates, `doc: null`
   * deletes. Failures: `edit/not-permitted`, `edit/invalid` (with the field in the sentence).
   */
  saveRecord<Kind extends EditableKind>(draft: RecordDraft<Kind>): Promise<Result<null>>
  /** The record that a PIN is kept as. */
  hashPin(pin: string): Promise<NonNullable<Staff['pin']>>
  /** Kinds that the person signed in here may edit; on an office device all. */
  editableHere(): Promise<readonly EditableKind[]>

  /** [R3] Newest first; open ones, and those settled in the last 30 days. */
  conflicts(): Promise<readonly ConflictCard[]>
  settleConflict(conflictId: string, keep: 'mine' | 'theirs'): Promise<Result<null>>
  /** [P4] Newest first; open ones, and those done in the last 30 days. */
  tasks(): Promise<readonly TaskCard[]>
  finishTask(taskId: string): Promise<Result<null>>

  syncFacts(): Promise<SyncFacts>
  /** [C7] What exists on this device only, oldest first. */
  unsentOperations(most: number): Promise<readonly UnsentCard[]>
  /** Whether this device could open the shop now, with the network gone. */
  readiness(): Promise<Readiness>
  /** An outage on purpose: from now on this device behaves as if the network were gone, for 30 minutes at most. */
  startDrill(): Promise<void>
  endDrill(): Promise<DrillReport>
  /** [C6] The whole retained journal as a signed file, and as texts for a row of QR codes. Marks the journal as exported. */
  exportJournal(): Promise<Result<JournalExport>>
  /** Takes another device's file, or all of its QR texts, to hand it over. Importing it twice changes nothing. */
  importJournal(text: string): Promise<Result<CarriedJournal>>
  carriedJournals(): Promise<readonly CarriedJournal[]>
  /** *Online, public.* Checks what a receipt's QR code says. */
  checkReceipt(proof: string): Promise<Result<ReceiptCheck>>

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

export type Topic =
  'device' | 'status' | 'catalogue' | 'staff' | 'orders' | 'parked' | 'sales' | 'inbox' | 'carried'

export type DeviceState =
  | { readonly kind: 'new' }
  | {
      readonly kind: 'register' | 'office'
      readonly installId: string
      /** The id of the business's record. */
      readonly businessId: string
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

/** A register with its device now and those before. */
export type RegisterDevice = RegisterDevices
export type { DeviceOfRegister, JournalProof }

/** Parked here or at another register of the store. */
export type ParkedCard = Omit<ParkedOrder, 'order'> & {
  readonly order: OpenOrder
  readonly isElsewhere: boolean
  readonly registerName: string
}

export type ClosedShift = {
  readonly zNumber: number
  readonly orderCount: number
  readonly netMinor: number
  readonly expectedCashMinor: number
  readonly countedCashMinor: number
  /** counted − expected */
  readonly overShortMinor: number
}

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

/** A conflict with the names of people and devices in it; null where they are not known here. */
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

export type SyncFacts = SyncStatus & {
  readonly ackedSeq: number
  /** Hex; the seed where the journal is empty. Null on a new device. */
  readonly chain: string | null
  readonly lastPullAt: number | null
  readonly exportedSeq: number
  readonly openConflicts: number
  readonly openTasks: number
  readonly storage: {
    readonly usedBytes: number | null
    readonly quotaBytes: number | null
    /** Null where the browser can't say. */
    readonly isPersisted: boolean | null
  }
  readonly protocol: number
  readonly appVersion: string
  readonly lastDigest: { readonly at: number; readonly isEqual: boolean } | null
  /** This device's clock minus the server's at the last contact. */
  readonly clockAheadMs: number | null
  readonly drill: { readonly startedAt: number; readonly endsAt: number } | null
  readonly lastDrill: DrillReport | null
}

export type UnsentCard = {
  readonly seq: number
  readonly kind: string
  readonly occurredAt: number
  readonly receiptNumber: string | null
  readonly totalMinor: number | null
  /** What was edited. */
  readonly recordName: string | null
}

export type ReadinessCheck = {
  readonly key:
    'catalogue' | 'people' | 'clock' | 'storage' | 'room' | 'keys' | 'pages' | 'journal' | 'contact'
  readonly state: 'ok' | 'attention' | 'missing'
  /** What was found, for the person. */
  readonly sentence: string
  /** What to do; null where nothing is. */
  readonly mend: string | null
}

export type Readiness = {
  /** 0 … 100; 100 is every check ok. */
  readonly score: number
  readonly checks: readonly ReadinessCheck[]
}

export type DrillReport = {
  readonly startedAt: number
  readonly endedAt: number
  /** Sales made during the drill, and how many of them the server had a minute after it. */
  readonly operations: number
  readonly checks: readonly ReadinessCheck[]
}

export type JournalExport = {
  readonly fileName: string
  readonly text: string
  /** What is on this device only; each fits one QR code, shown one after the other. Empty where everything is sent. */
  readonly frames: readonly string[]
  readonly operations: number
}

/** Another device's journal that this one hands over. */
export type CarriedJournal = {
  readonly installId: string
  readonly registerName: string
  readonly importedAt: number
  readonly operations: number
  readonly state: 'waiting' | 'handed-over' | 'refused'
  readonly failure: Failure | null
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
  /** Open conflicts and tasks that the person signed in here may settle. */
  readonly openInbox: number
  readonly isDrill: boolean
  /** This device was taken out of use: it sells nothing more. */
  readonly isRevoked: boolean
  /** The app must be reloaded before it reads changes again. */
  readonly needsUpgrade: boolean
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
  /** What the receipt's QR code says: an address that proves the sale; null for sales of other devices. */
  readonly proof: string | null
  /** [R4] Never goes back. */
  readonly status: 'paid' | 'refunded'
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
