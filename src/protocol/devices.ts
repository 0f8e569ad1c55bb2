import type { Register } from '#domain/catalogue.ts'

/** A browser profile that sells, or sold, as a register. Times in ms since 1970 by the server's clock. */
export type DeviceOfRegister = {
  readonly installId: string
  readonly enrolledAt: number
  readonly heardAt: number | null
  /** Operations 1 … n of its journal have arrived. */
  readonly lastSeq: number
  /** Operations that it said it holds beyond those, when last heard. */
  readonly unsentCount: number
  readonly appVersion: string | null
  readonly forkedAt: number | null
  readonly revokedAt: number | null
}

export type RegisterDevices = Register & {
  readonly storeName: string
  /** The device that sells as this register now, or null when none is enrolled. */
  readonly install: DeviceOfRegister | null
  /** Earlier ones, newest first: revoked, forked or replaced. */
  readonly past: readonly DeviceOfRegister[]
}

/** [I3] What the server holds of one device's journal, checked hash by hash and signature by signature. */
export type JournalProof = {
  readonly installId: string
  readonly registerId: string | null
  readonly registerName: string
  readonly storeName: string
  /** Operations 1 … n. */
  readonly heldSeq: number
  readonly isIntact: boolean
  /** Where it is not: the first operation that does not fit, and why. */
  readonly broken: {
    readonly seq: number
    readonly reason: 'gap' | 'hash' | 'chain' | 'signature' | 'head'
  } | null
  readonly chain: string
  readonly parkedCount: number
  /** The device's own signature covers everything up to here. */
  readonly signedSeq: number
  readonly checkedAt: number
}
