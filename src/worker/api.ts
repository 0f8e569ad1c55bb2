import type { EditableKind, RecordDocuments, Register, Staff } from '#domain/catalogue.ts'
import type { Result } from '#domain/failure.ts'
import type { OpenOrder, TenderKind } from '#domain/order.ts'
import type { RefundChoice } from '#domain/refund.ts'
import type { SalesQuery } from '#domain/report.ts'
import type { JournalProof } from '#protocol/devices.ts'
import type { ReceiptCheck } from '#protocol/proof.ts'
import type {
  CarriedJournal,
  DeviceState,
  DrillReport,
  JournalExport,
  PinOutcome,
  Readiness,
  StaffCard,
  SyncFacts,
  SyncStatus,
  Topic,
  UnsentCard,
} from './api-device.ts'
import type { ConflictCard, OpenedRecord, RecordDraft, TaskCard } from './api-editing.ts'
import type { ListsApi, TillProductsApi } from './api-lists.ts'
import type {
  Account,
  EnrolmentCode,
  ImportChoices,
  ImportOutcome,
  ImportPreview,
  ImportRecord,
  RegisterDevice,
  SetUpInput,
} from './api-office.ts'
import type {
  ClosedShift,
  NamedSalesReport,
  OrderCard,
  OrderDetail,
  ParkedCard,
  ProductHit,
  Sold,
  TenderInput,
} from './api-selling.ts'

type Lists = ListsApi & TillProductsApi

/**
 * The contract between screens and the device's own back end (Comlink over a dedicated worker). Screens know nothing
 * of Dexie or the network. Every call answers from the device; those marked *online* say so and fail with a value.
 */

export type DeviceApi = Lists & {
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

  /** The order being built survives a reload: the till saves it on every change. Null clears it. */
  saveOpenOrder(order: OpenOrder | null): Promise<void>
  loadOpenOrder(): Promise<OpenOrder | null>
  parkOrder(order: OpenOrder): Promise<Result<null>>
  /** Of the whole store, oldest first. */
  parkedOrders(): Promise<readonly ParkedCard[]>
  /** Takes a parked order off the list and makes it the open one. */
  resumeOrder(orderId: string): Promise<Result<OpenOrder>>
  discardParkedOrder(orderId: string): Promise<Result<null>>

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
