import { timed } from '../measure.ts'
import type { DataSet, Tally } from './documents.ts'

export type Taken = { readonly elapsedMs: number }

/**
 * What the bench calls in a contender's page, always a new page on an empty profile. `place` names what the server has for
 * it: a source to load, a target to push to; for ours the code to enrol with. Only what answers times is on the clock.
 */
export type ContenderPage = {
  /** Makes a till that holds the orders of the data set. */
  prepareTill(data: DataSet, place: string): Promise<void>
  /** Sells these in it, one after the other: ms until each is stored, by the way it was stored. */
  commitSales(data: DataSet): Promise<Readonly<Record<string, readonly number[]>>>
  /** Stores the orders on this device only. */
  prepareUnsent(data: DataSet, place: string): Promise<void>
  /** Ours only: the outage in which they were sold goes on until the device has made ready what it can. */
  sitOutOutage?(): Promise<void>
  /** Until the server has acknowledged them all and the device knows it. */
  push(): Promise<Taken>
  /** From an empty device until all orders and products are stored in it. */
  load(place: string): Promise<Taken>
  /** What the device that has loaded holds. */
  tally(): Promise<Tally>
  /** Ours only: has a device load and keeps the answers as they came. The device is then forgotten. */
  keepAnswers?(place: string): Promise<void>
  /** Ours only: a new device takes those answers in, with no server to wait for. */
  takeIn?(place: string): Promise<Taken>
  forget?(): Promise<void>
}

declare global {
  var contender: ContenderPage
}

/** Called once by the page's script. */
export function offerContender(page: ContenderPage): void {
  globalThis.contender = page
}

export async function take(work: () => Promise<unknown>): Promise<Taken> {
  return { elapsedMs: await timed(() => Promise.resolve(work())) }
}

/** One after the other; ms of each. */
export async function timedEach<T>(
  list: readonly T[],
  work: (one: T) => Promise<unknown>,
): Promise<number[]> {
  const times: number[] = []
  for (const one of list) times.push(await timed(() => Promise.resolve(work(one))))
  return times
}
