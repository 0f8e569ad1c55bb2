import type { Staff } from '#domain/catalogue.ts'
import { pinThrottle } from '#domain/pin-policy.ts'
import type { PinFailures } from '../storage/rows.ts'
import { isOutOfSpace } from '../storage/room.ts'
import type { Store } from '../storage/store.ts'
import type { PinOutcome, StaffCard } from './api-device.ts'
import type { ResidentCatalogue } from './catalogue.ts'
import type { Clock } from './dependencies.ts'
import type { Events } from './events.ts'
import { isPinOf } from './pin.ts'
import { noteUnlessFull } from './unless-full.ts'

export type Session = {
  /** Ends the session of a browser that was closed. Once, before anything else is asked. */
  open(): Promise<void>
  staffList(): Promise<readonly StaffCard[]>
  signIn(staffId: string, pin: string): Promise<PinOutcome>
  signOut(): Promise<void>
  signedIn(): Promise<StaffCard | null>
}

const PRESENCE_LOCK = 'evertill-present'
/** A reload takes a second or two, and a living tab says so every 15 s. */
const STILL_HERE_MS = 15_000
const LONGEST_ABSENCE_MS = 30_000

type SessionDependencies = {
  readonly store: Store
  readonly catalogue: ResidentCatalogue
  readonly events: Events
  readonly clock: Clock
}

/**
 * Who is signed in at this till: one person for all tabs. It survives a reload, and ends when the last tab has been gone
 * for half a minute.
 */
export function createSession({ store, catalogue, events, clock }: SessionDependencies): Session {
  // Over, though a full disk did not take the word: it does when there is room.
  let isOver = false
  const end = async (): Promise<void> => {
    isOver = !(await noteUnlessFull(store.deleteSession()))
  }
  const stay = async (): Promise<void> => {
    if (isOver) await end()
    else await noteUnlessFull(store.touchSession(clock()))
  }
  const signedIn = async (): Promise<StaffCard | null> => {
    if (isOver) return null
    const session = await store.loadSession()
    const staff = session && (await store.loadRecord('staff', session.staffId))
    return staff?.isActive ? cardOf(staff) : null
  }

  const tryPin = async (staffId: string, pin: string): Promise<PinOutcome> => {
    const staff = await store.loadRecord('staff', staffId)
    const now = clock()
    const tried = await store.changePinFailures(staffId, now, (before) => countTry(before, now))
    if (tried.waitMs > 0) return { kind: 'wait', waitMs: tried.waitMs }
    const isRight = staff?.isActive && staff.pin !== null && (await isPinOf(staff.pin, pin))
    if (!isRight) return tried.ifWrong
    await store.changePinFailures(staffId, clock(), () => ({ after: noFailures, answer: null }))
    await store.saveSession({ staffId, seenAt: clock() })
    isOver = false
    events.emit({ topics: ['device', 'status', 'inbox'] })
    return { kind: 'signed-in', staff: cardOf(staff) }
  }

  return {
    open: async () => {
      const session = await store.loadSession()
      const absentMs = session ? Math.abs(clock() - session.seenAt) : 0
      if (absentMs > LONGEST_ABSENCE_MS && !(await isAnotherTabOpen())) await end()
      // At once: a tab that is reloaded before it first says so would count as absent since the last one was seen.
      else await stay()
      void navigator.locks.request(PRESENCE_LOCK, { mode: 'shared' }, () => new Promise(() => {}))
      setInterval(() => void stay(), STILL_HERE_MS)
    },
    staffList: async () => {
      const [install, staff] = await Promise.all([store.loadInstall(), catalogue.list('staff')])
      return staff
        .filter((person) => person.isActive && worksAt(person, install?.storeId ?? null))
        .map(cardOf)
        .sort((one, other) => one.name.localeCompare(other.name))
    },
    signIn: async (staffId, pin) => {
      try {
        return await tryPin(staffId, pin)
      } catch (error) {
        // A try that can't be counted must not be made.
        if (isOutOfSpace(error)) return { kind: 'full' }
        throw error
      }
    },
    signOut: async () => {
      await end()
      events.emit({ topics: ['device', 'status', 'inbox'] })
    },
    signedIn,
  }
}

const noFailures: PinFailures = { failures: 0, lastFailureAt: null }

/** A try counts as wrong before it is checked: tries made at once, or cut short, are all counted. */
function countTry(
  before: PinFailures,
  now: number,
): { after: PinFailures; answer: { waitMs: number; ifWrong: PinOutcome } } {
  const { allowed, waitMs, lastFailureAt } = pinThrottle({ ...before, now })
  if (!allowed)
    return {
      after: { ...before, lastFailureAt },
      answer: { waitMs, ifWrong: { kind: 'wait', waitMs } },
    }
  const after = { failures: before.failures + 1, lastFailureAt: now }
  const next = pinThrottle({ ...after, now })
  const ifWrong: PinOutcome = next.allowed
    ? { kind: 'wrong', triesLeft: next.triesLeft }
    : { kind: 'wait', waitMs: next.waitMs }
  return { after, answer: { waitMs: 0, ifWrong } }
}

function cardOf({ staffId, name, role, pin }: Staff): StaffCard {
  return { staffId, name, role, hasPin: pin !== null }
}

function worksAt({ storeIds }: Staff, storeId: string | null): boolean {
  return storeIds.length === 0 || storeId === null || storeIds.includes(storeId)
}

async function isAnotherTabOpen(): Promise<boolean> {
  const { held } = await navigator.locks.query()
  return held?.some((lock) => lock.name === PRESENCE_LOCK) ?? false
}
