import type { StaffCard, Readiness, ReadinessCheck, SyncStatus } from './api-device.ts'
import type { SyncRow } from '../storage/rows.ts'
import type { StorageUse } from '../storage/room.ts'

/** What a look at the device has found. */
export type Found = {
  readonly now: number
  readonly status: SyncStatus
  /** Null before enrolment. */
  readonly sync: SyncRow | null
  readonly people: readonly StaffCard[]
  readonly activeProducts: number
  readonly storage: StorageUse
  /** Whether the key is there and signs. */
  readonly canSign: boolean
  /** Whether the app opens with the network gone. */
  readonly arePagesKept: boolean
}

type Check = Omit<ReadinessCheck, 'key'>

/** What each check is worth of 100. Attention is worth half. */
const weights: Readonly<Record<ReadinessCheck['key'], number>> = {
  catalogue: 20,
  people: 15,
  keys: 15,
  pages: 15,
  room: 10,
  journal: 10,
  storage: 5,
  clock: 5,
  contact: 5,
}

const worth = { ok: 1, attention: 0.5, missing: 0 } as const

/** Whether the shop could open now with the network gone. */
export function assessReadiness(found: Found): Readiness {
  const checks = (Object.keys(weights) as ReadinessCheck['key'][]).map((key) => ({
    key,
    ...assess[key](found),
  }))
  const score = checks.reduce((sum, { key, state }) => sum + weights[key] * worth[state], 0)
  return { score: Math.round(score), checks }
}

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
const WELL_SET_MS = 2 * MINUTE_MS
const MEGABYTE = 1_000_000
const AMPLE_BYTES = 200 * MEGABYTE
const SCARCE_BYTES = 30 * MEGABYTE

const assess: { readonly [Key in ReadinessCheck['key']]: (found: Found) => Check } = {
  catalogue: ({ sync, activeProducts }) => {
    const load = sync?.load ?? null
    if (sync === null || (load !== null && sync.generation === 1))
      return missing(
        `The catalog is ${Math.round((load?.share ?? 0) * 100)} % loaded.`,
        'Keep this device connected until all is there.',
      )
    return activeProducts > 0
      ? ok(`${counted(activeProducts, 'product')} on this device.`)
      : attention('There is no product yet.', 'Add products, or sell open items.')
  },
  people: ({ people }) => {
    const withPin = people.filter(({ hasPin }) => hasPin).length
    return withPin > 0
      ? ok(`${counted(withPin, 'person', 'people')} can sign in.`)
      : missing('Nobody can sign in here.', 'Give somebody of this store a PIN.')
  },
  keys: ({ canSign }) =>
    canSign
      ? ok('This device can sign its sales.')
      : missing('This device has no key to sign with.', 'Enrol it.'),
  pages: ({ arePagesKept }) =>
    arePagesKept
      ? ok('The app opens with no network.')
      : missing('The app is not kept on this device yet.', 'Reload the page once while connected.'),
  room: ({ status, storage: { usedBytes, quotaBytes } }) => {
    if (status.isStorageShort)
      return missing('There is no room left on this device.', 'Free some space on it.')
    if (usedBytes === null || quotaBytes === null) return ok('There is room for sales.')
    const freeBytes = quotaBytes - usedBytes
    if (freeBytes >= AMPLE_BYTES) return ok(`There is room: ${roomWords(freeBytes)}.`)
    const sentence = `Only ${roomWords(freeBytes)} are left for sales.`
    return freeBytes >= SCARCE_BYTES
      ? attention(sentence, 'Free some space on the device soon.')
      : missing(sentence, 'Free some space on the device.')
  },
  journal: ({ sync, status }) => {
    if (status.isRevoked)
      return missing('This device was taken out of use.', 'Sell at another register, or ask the owner.')
    if (sync?.forkAtSeq != null)
      return attention('This device gets a new name at its next contact.', 'Connect it to the network.')
    if (status.needsUpgrade) return attention('This app is too old to read what is new.', 'Reload the page.')
    return status.unsentCount === 0
      ? ok('All sales are sent.')
      : attention(
          `${counted(status.unsentCount, 'sale')} on this device only.`,
          'Connect it, and wait until all are sent.',
        )
  },
  storage: ({ storage: { isPersisted } }) =>
    isPersisted === false
      ? attention('The browser may clear what is stored here.', 'Install the app on this device.')
      : ok('What is stored here stays.'),
  clock: ({ sync }) => {
    const aheadMs = sync?.clockAheadMs
    if (aheadMs === undefined)
      return attention('The clock was not compared yet.', 'Connect this device once.')
    if (Math.abs(aheadMs) <= WELL_SET_MS) return ok('The clock is right.')
    const way = aheadMs > 0 ? 'ahead' : 'behind'
    return attention(
      `The clock is ${duration(Math.abs(aheadMs))} ${way}.`,
      'Set the clock of this device. Receipts carry its time.',
    )
  },
  contact: ({ now, status: { lastContactAt } }) =>
    lastContactAt !== null && Math.abs(now - lastContactAt) < DAY_MS
      ? ok('This device was connected within a day.')
      : attention('This device was not connected for a day.', 'Connect it to get what is new.'),
}

function ok(sentence: string): Check {
  return { state: 'ok', sentence, mend: null }
}

function attention(sentence: string, mend: string): Check {
  return { state: 'attention', sentence, mend }
}

function missing(sentence: string, mend: string): Check {
  return { state: 'missing', sentence, mend }
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}

function roomWords(bytes: number): string {
  const megabytes = Math.max(0, Math.floor(bytes / MEGABYTE))
  return megabytes < 1024 ? `${megabytes} MB` : `${Math.floor(megabytes / 1024)} GB`
}

/** The largest unit of which there is at least one. */
function duration(ms: number): string {
  const minutes = Math.round(ms / MINUTE_MS)
  if (minutes < 60) return counted(minutes, 'minute')
  const hours = Math.round(minutes / 60)
  return hours < 24 ? counted(hours, 'hour') : counted(Math.round(hours / 24), 'day')
}
