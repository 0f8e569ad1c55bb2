import type { RecordDocuments, RecordKind, StaffRole } from '#domain/catalogue.ts'
import type { DeviceEvent, Events } from '../../src/worker/events.ts'
import type { StaffCard } from '../../src/worker/api-device.ts'
import { createCatalogue } from '../../src/worker/catalogue.ts'
import { idOf, NOW, storeId } from '../storage/memory-device.ts'
import { createSyncDevice, page } from './sync-device.ts'

/** A register with records, a person signed in, and what editing and the inbox are made of. */
export async function createEditingDevice(role: StaffRole | null = 'manager') {
  const device = await createSyncDevice()
  const { store, ports, script } = device
  const events = localEvents()
  const catalogue = createCatalogue(store, events)
  let signedIn: StaffCard | null =
    role === null ? null : { staffId: idOf(600), name: 'Mia', role, hasPin: true }
  if (signedIn) await store.saveSession({ staffId: signedIn.staffId, seenAt: NOW })
  let ids = 0
  let woken = 0
  const dependencies = {
    store,
    catalogue,
    session: { signedIn: async () => signedIn, staffList: async () => (signedIn ? [signedIn] : []) },
    events,
    clock: ports.clock,
    newId: () => idOf(700 + (ids += 1)),
    wakeSync: () => {
      woken += 1
    },
  }
  return {
    ...device,
    script,
    dependencies,
    catalogue,
    told: events.told,
    woken: () => woken,
    signIn: (person: StaffCard | null) => {
      signedIn = person
    },
    /** As a page brings them, with the next version. */
    pullRecords: async (...records: Record_[]) => {
      const { cursor } = (await store.loadSync())!
      const { installId } = (await store.loadInstall())!
      const next = cursor + 1
      const came = records.map(([kind, id, doc]) => ({ kind, id, v: next, isDeleted: doc === null, doc }))
      await store.applyPage({ ...page({ from: cursor, next, head: next }), records: came, installId }, NOW)
      events.emit({ topics: [], recordKeys: 'all' })
    },
    lastOperation: async () => {
      const { journalSeq } = await store.loadUnsent()
      const [operation] = (await store.loadRun(journalSeq, 1)).operations
      return operation && { ...operation, payload: JSON.parse(operation.payload) as unknown }
    },
  }
}

type Record_ = {
  [Kind in RecordKind]: readonly [kind: Kind, id: string, doc: RecordDocuments[Kind] | null]
}[RecordKind]

export function localEvents(): Events & { readonly told: DeviceEvent[] } {
  const listeners: ((event: DeviceEvent) => void)[] = []
  const told: DeviceEvent[] = []
  return {
    told,
    emit: (event) => {
      told.push(event)
      for (const listener of listeners) listener(event)
    },
    listen: (listener) => void listeners.push(listener),
  }
}

export const flatWhite: RecordDocuments['product'] = {
  productId: 'p1',
  name: 'Flat white',
  categoryId: null,
  taxClassId: null,
  variants: [
    { variantId: 'small', name: 'Small', sku: null, barcodes: ['4006381333931'], priceMinor: 350 },
    { variantId: 'large', name: 'Large', sku: null, barcodes: [], priceMinor: 450 },
  ],
  modifierSetIds: [],
  picture: null,
  isStockTracked: true,
  favouritePosition: null,
  isActive: true,
}

export const place: RecordDocuments['store'] = {
  storeId,
  name: 'Corner',
  address: '',
  timeZone: 'Europe/Berlin',
  pricing: {
    currency: { code: 'EUR', exponent: 2, cashRoundingMinor: 5 },
    taxMode: 'inclusive',
    taxRounding: 'line',
  },
  receiptFooter: '',
}

export function personOf(id: string, role: StaffRole, name = id): RecordDocuments['staff'] {
  return { staffId: id, name, role, pin: null, storeIds: [], isActive: true }
}
