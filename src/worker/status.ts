import type { Store } from '../storage/store.ts'
import type { SyncStatus } from './api-device.ts'
import type { Contact, Events } from './events.ts'

export type Status = {
  read(): Promise<SyncStatus>
  /** What this tab's exchange with the server showed; told to all tabs. */
  update(change: Partial<Contact>): void
  isOnline(): boolean
}

export type StatusDependencies = {
  readonly store: Store
  readonly events: Events
  readonly isDrill: () => boolean
  readonly openInbox: () => Promise<number>
}

/** Whether the server answers is what the last exchange showed: `navigator.onLine` knows only of the cable. */
export function createStatus({ store, events, isDrill, openInbox }: StatusDependencies): Status {
  let contact: Contact = { isOnline: false, busyUntil: null, isSyncing: false, trouble: null }
  events.listen((event) => {
    if (event.contact) contact = event.contact
  })
  return {
    read: async () => {
      const [unsent, sync, hasBallast, inbox] = await Promise.all([
        store.loadUnsent(),
        store.loadSync(),
        store.hasBallast(),
        openInbox(),
      ])
      return {
        ...contact,
        unsentCount: unsent.count,
        oldestUnsentAt: unsent.oldestAt,
        journalSeq: unsent.journalSeq,
        lastContactAt: sync?.lastContactAt ?? null,
        isStorageShort: sync !== null && !hasBallast,
        openInbox: inbox,
        isDrill: isDrill(),
        isRevoked: sync?.isRevoked ?? false,
        needsUpgrade: sync?.needsUpgrade ?? false,
      }
    },
    update: (change) => {
      const next = { ...contact, ...change }
      if (isSameContact(contact, next)) return
      events.emit({ topics: ['status'], contact: next })
    },
    isOnline: () => contact.isOnline,
  }
}

function isSameContact(one: Contact, other: Contact): boolean {
  return (
    one.isOnline === other.isOnline &&
    one.busyUntil === other.busyUntil &&
    one.isSyncing === other.isSyncing &&
    one.trouble?.code === other.trouble?.code
  )
}
