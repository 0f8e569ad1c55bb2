import type { Store } from '../storage/store.ts'
import type { ResidentCatalogue } from './catalogue.ts'
import type { Clock } from './dependencies.ts'
import type { Drill } from './drill.ts'
import type { Events } from './events.ts'
import { lazily } from './lazily.ts'
import type { Online } from './online.ts'
import type { Session } from './session.ts'
import type { Status } from './status.ts'
import type { DeviceIdentity } from './sync-ports.ts'

export type RareDependencies = {
  readonly store: Store
  readonly online: () => Promise<Online>
  readonly catalogue: ResidentCatalogue
  readonly session: Session
  readonly events: Events
  readonly status: Status
  readonly drill: Drill
  readonly identity: DeviceIdentity
  readonly clock: Clock
  readonly newId: () => string
  readonly appVersion: string
  readonly origin: string
  readonly wakeSync: () => void
  /** Resolves when the cycle has ended. */
  readonly syncNow: () => Promise<void>
}

/** What a till seldom does, or never: each group is code of its own that the first call of it fetches. */
export function rareCalls(dependencies: RareDependencies) {
  return {
    ...officeCalls(dependencies),
    ...counterCalls(dependencies),
    ...editingCalls(dependencies),
    ...journalCalls(dependencies),
    ...lazily({ salesReport: true }, async () =>
      (await import('./dashboard.ts')).createDashboard(dependencies),
    ),
  }
}

function officeCalls(dependencies: RareDependencies) {
  const { store, online, origin } = dependencies
  return {
    ...lazily({ enrol: true, enrolAsOffice: true, forget: true }, async () => {
      const [{ createDevice }, { api, renew }] = await Promise.all([import('./device.ts'), online()])
      return createDevice({ ...dependencies, api, onChanged: renew })
    }),
    ...lazily(
      {
        setUpState: true,
        setUp: true,
        ownerSignIn: true,
        ownerSignOut: true,
        account: true,
        registerDevices: true,
        createEnrolmentCode: true,
        addRegister: true,
        moveRegister: true,
        revokeDevice: true,
        verifyJournals: true,
      },
      async () => {
        const [{ createOffice }, { api }] = await Promise.all([import('./office.ts'), online()])
        return createOffice(api, origin)
      },
    ),
    ...lazily({ checkReceipt: true }, async () => {
      const [{ createReceiptCheck }, { api }] = await Promise.all([import('./check-receipt.ts'), online()])
      return createReceiptCheck(api)
    }),
    ...lazily(
      {
        readImport: true,
        runImport: true,
        cancelImport: true,
        refusedRows: true,
        imports: true,
        undoImport: true,
      },
      async () => {
        const [{ createImporter }, { api }] = await Promise.all([import('./importer.ts'), online()])
        return createImporter({ store, api })
      },
    ),
  }
}

function counterCalls(dependencies: RareDependencies) {
  return {
    ...lazily({ refundOrder: true }, async () => (await import('./refunds.ts')).createRefunds(dependencies)),
    ...lazily({ closeShift: true, moveCash: true }, async () =>
      (await import('./shift.ts')).createShift(dependencies),
    ),
    ...lazily({ countStock: true, moveStock: true }, async () =>
      (await import('./stock.ts')).createStock(dependencies),
    ),
  }
}

function editingCalls(dependencies: RareDependencies) {
  return {
    ...lazily(
      { openRecord: true, records: true, saveRecord: true, hashPin: true, editableHere: true },
      async () => (await import('./editing.ts')).createEditing(dependencies),
    ),
    ...lazily({ productSummary: true, listProducts: true, listCustomers: true }, async () =>
      (await import('./record-lists.ts')).createRecordLists(dependencies),
    ),
    ...lazily({ conflicts: true, settleConflict: true, tasks: true, finishTask: true }, async () =>
      (await import('./inbox.ts')).createInbox(dependencies),
    ),
  }
}

function journalCalls(dependencies: RareDependencies) {
  const { identity, syncNow } = dependencies
  return {
    ...lazily({ syncFacts: true, unsentOperations: true, readiness: true, endDrill: true }, async () => {
      const [{ createSyncPage }, { arePagesKept }, { browserTimers }] = await Promise.all([
        import('./sync-page.ts'),
        import('./kept-pages.ts'),
        import('./browser-timers.ts'),
      ])
      const powers = { sign: identity.sign, arePagesKept, timers: browserTimers }
      return createSyncPage({ ...dependencies, ...powers, wakeSync: syncNow })
    }),
    ...lazily({ exportJournal: true }, async () => {
      const [{ createJournalExport }, { browserPacking }] = await Promise.all([
        import('./export-journal.ts'),
        import('./browser-powers.ts'),
      ])
      return createJournalExport({ ...dependencies, packing: browserPacking })
    }),
    ...lazily({ importJournal: true, carriedJournals: true }, async () => {
      const [{ createJournalImport }, { browserPacking }] = await Promise.all([
        import('./import-journal.ts'),
        import('./browser-powers.ts'),
      ])
      return createJournalImport({ ...dependencies, packing: browserPacking })
    }),
  }
}
