import type { PushState } from './push-state.ts'

/** What the device has read. `load` is null once the first load is complete; pulls go on from `cursor`. */
export type PullState = {
  readonly epoch: string
  /** Counts the first loads of this device. Rows remember theirs: versions of different epochs cannot be compared. */
  readonly generation: number
  readonly cursor: number
  readonly load: LoadProgress | null
  /** Own operations up to here are in the segments that were pulled ([I8]). */
  readonly pulledSeq: number
}

/** [L4] A load that can go on after a crash: the key where the last page ended, and v0 with what it covered. */
export type LoadProgress = {
  readonly after: string | null
  /** Null before the first page. */
  readonly startVersion: number | null
  readonly startAckedSeq: number
  /** 0…1. */
  readonly share: number
}

export type PageFacts = {
  readonly epoch: string
  readonly from: number
  readonly next: number
  readonly ackedSeq: number
}

export type LoadPageFacts = {
  readonly epoch: string
  readonly startVersion: number
  /** Null on the last page. */
  readonly after: string | null
  readonly share: number
  readonly ackedSeq: number
}

/** Where a row stands: its version, and the load in which it came. */
export type RowVersion = { readonly generation: number; readonly v: number }

/** [L2] The state after a page, or null when the page does not fit what is stored now and must be thrown away. */
export function afterPage(state: PullState, page: PageFacts): PullState | null {
  const fits = state.load === null && page.epoch === state.epoch && page.from === state.cursor
  if (!fits || page.next < page.from) return null
  return { ...state, cursor: page.next, pulledSeq: Math.max(state.pulledSeq, page.ackedSeq) }
}

/**
 * [L5] Whether a page shows that the server has gone back: it holds fewer of our operations than it did in this epoch. A
 * restored server that others have filled up past our cursor is noticed by nothing else.
 */
export function showsLoss(
  state: PullState & Pick<PushState, 'ackedSeq'>,
  page: PageFacts & { readonly head: number },
): boolean {
  if (page.epoch !== state.epoch || page.from !== state.cursor) return false
  // What was acknowledged before the question is in a page that reaches the head.
  const coveredSeq = page.next >= page.head ? Math.max(state.pulledSeq, state.ackedSeq) : state.pulledSeq
  return page.ackedSeq < coveredSeq
}

/**
 * [L5] As above, of a page of a load. `state`: before the page was asked for, or one ahead of it. A later page is asked for ahead,
 * and another tab may have sent meanwhile: it must cover what the first one did.
 */
export function loadShowsLoss(
  { epoch, load, ackedSeq }: PullState & Pick<PushState, 'ackedSeq'>,
  page: Pick<LoadPageFacts, 'epoch' | 'ackedSeq'>,
): boolean {
  if (load === null || page.epoch !== epoch) return false
  return page.ackedSeq < (load.startVersion === null ? ackedSeq : load.startAckedSeq)
}

/**
 * [P2] Whether the server holds more of this journal than this device does: its disk was put back to an earlier day, and
 * the next operation would be a fork. A new identity is due before the next sale takes a number that is on paper already.
 */
export function showsOldDisk(journalSeq: number, ackedSeq: number): boolean {
  return ackedSeq > journalSeq
}

/** [L4] The state after a page of the first load that was asked for with `askedAfter`; null when it does not fit. */
export function afterLoadPage(
  state: PullState,
  askedAfter: string | null,
  page: LoadPageFacts,
): PullState | null {
  const { load } = state
  if (load === null || page.epoch !== state.epoch || askedAfter !== load.after) return null
  // v0 and what it covered are those of the first page: later pages are read later, and pulling from v0 closes the gap.
  const startVersion = load.startVersion ?? page.startVersion
  const startAckedSeq = load.startVersion === null ? page.ackedSeq : load.startAckedSeq
  if (page.after === null) return { ...state, cursor: startVersion, pulledSeq: startAckedSeq, load: null }
  return { ...state, load: { after: page.after, startVersion, startAckedSeq, share: page.share } }
}

/** [L5] Load everything again; what is held stays until the end of the load sweeps what was not seen ([L6]). */
export function loadAgain(state: PullState, epoch: string): PullState {
  return { epoch, generation: state.generation + 1, cursor: 0, load: newLoad, pulledSeq: 0 }
}

/** [L2] Whether a row that came is newer than the one held. */
export function isNewerRow(held: RowVersion | undefined, come: RowVersion): boolean {
  if (held === undefined) return true
  return come.generation === held.generation ? come.v > held.v : come.generation > held.generation
}

export const newLoad: LoadProgress = { after: null, startVersion: null, startAckedSeq: 0, share: 0 }
