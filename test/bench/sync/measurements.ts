import { longestTask } from '../../e2e/main-thread.ts'
import type { Round } from '../measure.ts'
import type { Taken } from './contender-page.ts'
import { compare, type Contender } from './contenders.ts'
import type { DataSet } from './documents.ts'
import { inNewBrowser } from './in-new-browser.ts'

/** Sales in a till that holds the orders of `held`, which its server has been filled with. */
export function measureCommits(
  contender: Contender,
  { held, sold }: { readonly held: DataSet; readonly sold: DataSet },
  signal: AbortSignal,
): Promise<Round> {
  return inNewBrowser(contender.url, signal, async (page) => {
    const place = await contender.loadPlace(held)
    await page.evaluate(([data, from]) => globalThis.contender.prepareTill(data, from), [
      held,
      place,
    ] as const)
    await page.requestGC()
    return page.evaluate((data) => globalThis.contender.commitSales(data), sold)
  })
}

export function measureLoad(contender: Contender, data: DataSet, signal: AbortSignal): Promise<Taken> {
  return inNewBrowser(contender.url, signal, async (page) => {
    const place = await contender.loadPlace(data)
    const taken = await page.evaluate((from) => globalThis.contender.load(from), place)
    compare(contender.name, data, await page.evaluate(() => globalThis.contender.tally()))
    return taken
  })
}

/** `afterOutage`: a long one, in which a device that can makes its batches ready. */
export async function measurePush(
  contender: Contender,
  data: DataSet,
  signal: AbortSignal,
  { afterOutage }: { readonly afterOutage: boolean },
): Promise<Taken> {
  const place = await contender.pushPlace(data)
  const taken = await inNewBrowser(contender.url, signal, async (page) => {
    await page.evaluate(([unsent, to]) => globalThis.contender.prepareUnsent(unsent, to), [
      data,
      place,
    ] as const)
    if (afterOutage) await page.evaluate(() => globalThis.contender.sitOutOutage?.())
    // What made the orders is no part of sending them, its garbage neither.
    await page.requestGC()
    return page.evaluate(() => globalThis.contender.push())
  })
  await contender.checkPushed(data, place)
  return taken
}

/** From the last byte's arrival until all is stored: the answers of one load are taken in by new devices, one after the other. */
export function measureTakeIn(
  contender: Contender,
  data: DataSet,
  times: number,
  signal: AbortSignal,
): Promise<readonly Taken[]> {
  return inNewBrowser(contender.url, signal, async (page) => {
    await page.evaluate((from) => globalThis.contender.keepAnswers!(from), await contender.loadPlace(data))
    const all: Taken[] = []
    while (all.length < times) {
      signal.throwIfAborted()
      await page.requestGC()
      const place = await contender.loadPlace(data)
      all.push(await page.evaluate((from) => globalThis.contender.takeIn!(from), place))
      compare(contender.name, data, await page.evaluate(() => globalThis.contender.tally()))
      await page.evaluate(() => globalThis.contender.forget!())
    }
    return all
  })
}

/** What a page can't do anything else beside, at worst: in a load, and in a push. Apart from the timed ones, as tracing slows them. */
export async function measureBlocks(
  contender: Contender,
  { loaded, unsent }: { readonly loaded: DataSet; readonly unsent: DataSet },
  signal: AbortSignal,
): Promise<number> {
  const loadFrom = await contender.loadPlace(loaded)
  const pushTo = await contender.pushPlace(unsent)
  const inLoad = await inNewBrowser(contender.url, signal, (page) =>
    longestTask(page, () => page.evaluate((from) => globalThis.contender.load(from), loadFrom)),
  )
  const inPush = await inNewBrowser(contender.url, signal, async (page) => {
    await page.evaluate(([data, to]) => globalThis.contender.prepareUnsent(data, to), [
      unsent,
      pushTo,
    ] as const)
    return longestTask(page, () => page.evaluate(() => globalThis.contender.push()))
  })
  await contender.checkPushed(unsent, pushTo)
  return Math.max(inLoad, inPush)
}
