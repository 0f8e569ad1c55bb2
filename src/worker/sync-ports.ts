import type { Failure } from '#domain/failure.ts'
import type { PublicKey } from '#protocol/enrolment.ts'
import type { Store } from '../storage/store.ts'
import type { Clock } from './dependencies.ts'
import type { Contact, Events } from './events.ts'
import type { SyncServer } from './sync-server.ts'

/** What a sync cycle is made of. It knows no browser: the simulation runs it with time and chance of its own. */
export type SyncPorts = {
  readonly store: SyncStore
  readonly server: SyncServer
  readonly identity: DeviceIdentity
  readonly packing: Packing
  readonly clock: Clock
  readonly events: Pick<Events, 'emit'>
  readonly appVersion: string
  /** Operations; as many as a server takes where absent. */
  readonly mostABatch?: number
  /** The server has answered, whatever it said: a long first load must not look like no network. */
  readonly onAnswer: () => void
}

export type LoopPorts = Omit<SyncPorts, 'onAnswer'> & {
  readonly status: { update(change: Partial<Contact>): void }
  /** 0…1. */
  readonly chance: () => number
  readonly timers: Timers
  readonly tryLock: TryLock
  /** Hears of our own bugs; the loop goes on. */
  readonly onError: (error: unknown) => void
}

export type SyncStore = Pick<
  Store,
  | 'loadInstall'
  | 'loadSync'
  | 'loadUnsent'
  | 'loadRun'
  | 'loadReadyRun'
  | 'nextToReady'
  | 'keepReadyRun'
  | 'recordPush'
  | 'rejoin'
  | 'listCarried'
  | 'recordCarried'
  | 'recordMissing'
  | 'applyPage'
  | 'applyLoadPage'
  | 'beginLoadAgain'
  | 'compareDigest'
  | 'noteUpgradeNeeded'
  | 'noteRevoked'
>

/** The key of this device, as it is at the moment of the call. */
export type DeviceIdentity = {
  /** Base64url ECDSA signature over the UTF-8 bytes of the text. */
  sign(text: string): Promise<string>
  /** [P2] The id and key that this device is about to take: always the same ones until it has taken them. */
  renew(): Promise<{ readonly installId: string; readonly publicKey: PublicKey }>
}

/** Raw deflate (RFC 1951) with base64 around it. */
export type Packing = {
  deflate(text: string): Promise<string>
  /** Null for what is no such text. */
  inflate(packed: string): Promise<string | null>
}

export type Timers = {
  /** Answers how to call it off. */
  after(delayMs: number, run: () => void): () => void
}

/** Runs `work` unless another tab holds the lock; false where one does. */
export type TryLock = (work: () => Promise<void>) => Promise<boolean>

/** How a cycle, or a part of it, ended. */
export type CycleEnd =
  | { readonly kind: 'done' }
  /** The time was up, or what was done asks for another round: go on at once. */
  | { readonly kind: 'more' }
  /** [P6] No answer of the protocol: later, and not before the server's `Retry-After`. */
  | { readonly kind: 'retry'; readonly waitMs: number }
  /** The server answered, and a person has to do something. */
  | { readonly kind: 'trouble'; readonly failure: Failure }
