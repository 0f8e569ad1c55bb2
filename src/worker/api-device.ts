import type { Business, Register, StaffRole, Store } from '#domain/catalogue.ts'
import type { Failure } from '#domain/failure.ts'

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

export type SyncStatus = {
  /** Whether the server answered last time. */
  readonly isOnline: boolean
  /** [P6] When this device comes again, as the server asked it to; null where it did not. */
  readonly busyUntil: number | null
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
  /** No room to count the try: none was made. */
  | { readonly kind: 'full' }
