import type { Page } from 'playwright-core'
import type { Chance } from '../../simulation/chance.ts'
import type { Ledger } from '../ledger.ts'
import type { DeviceRows } from './device-proof.ts'
import type { TorturePage } from './torture-page.ts'

declare global {
  var torturePage: TorturePage
}

/** A tab that sells: whatever the device says is done stands in the ledger before the next begins. */
export type BrowserTill = {
  readonly page: Page
  /** A sale, mostly; sometimes a refund, cash, stock or the close of the shift. Answers a failure's code, or null. */
  act(): Promise<string | null>
  sell(options?: SaleOptions): Promise<string | null>
  closeShift(): Promise<void>
  /** Acts until `isOver`, or until the browser is gone. Answers how many acts were done. */
  actUntil(isOver: () => boolean): Promise<number>
  wake(): Promise<void>
  unsent(): Promise<number>
  /** Until nothing is unsent, for a minute at most. */
  drain(): Promise<void>
  rows(): Promise<DeviceRows>
}

/** `note` stands on the order and on each of its lines. */
export type SaleOptions = { readonly note?: string; readonly lines?: number }

export type TillParts = { readonly ledger: Ledger; readonly chance: Chance }

/** On a tab whose browser is enrolled. */
export async function takeTill(page: Page, parts: TillParts): Promise<BrowserTill> {
  const installId = await page.evaluate(async () => {
    const state = await torturePage.device.device()
    return state.kind === 'new' ? null : state.installId
  })
  if (installId === null) throw new Error('This browser is not enrolled')
  return tillOn(page, installId, parts)
}

/** Makes the browser of this tab a new register, and waits for its first load. */
export async function enrolTill(page: Page, code: string, parts: TillParts): Promise<BrowserTill> {
  const enrolled = await page.evaluate((text) => torturePage.device.enrol(text), code)
  if (!enrolled.ok) throw new Error(enrolled.failure.code)
  await page.waitForFunction(
    async () => {
      await torturePage.device.wakeSync()
      const state = await torturePage.device.device()
      return state.kind === 'register' && state.isLoaded
    },
    null,
    { timeout: 60_000, polling: 200 },
  )
  return takeTill(page, parts)
}

function tillOn(page: Page, installId: string, { ledger, chance }: TillParts): BrowserTill {
  const sales: string[] = []
  const noted = (result: Awaited<ReturnType<TorturePage['sell']>>): string | null => {
    if (!result.ok) return result.code
    ledger.note({ kind: 'order.paid', installId, ...result.done })
    return null
  }
  const sell: BrowserTill['sell'] = async ({ note = null, lines = 1 + chance.int(3) } = {}) => {
    const indexes = Array.from({ length: lines }, () => chance.int(1_000))
    const tender = chance.pick(['cash', 'card'] as const)
    const result = await page.evaluate((asked) => torturePage.sell(asked.indexes, asked.tender, asked.note), {
      indexes,
      tender,
      note,
    })
    if (result.ok) sales.push(result.done.orderId)
    return noted(result)
  }
  const refund = async (): Promise<string | null> => {
    const [orderId] = sales.splice(chance.int(sales.length), 1)
    return noted(await page.evaluate((id) => torturePage.refund(id, 'cash'), orderId!))
  }
  const facts = factsOn(page, installId, { ledger, chance })
  const act: BrowserTill['act'] = () => {
    const drawn = chance.int(24)
    if (drawn === 0) return facts.closeShift()
    if (drawn === 1) return facts.moveStock()
    if (drawn === 2) return facts.countStock()
    if (drawn === 3) return facts.moveCash()
    return drawn === 4 && sales.length > 0 ? refund() : sell()
  }
  const wake = (): Promise<void> => page.evaluate(() => torturePage.device.wakeSync())
  const unsent = (): Promise<number> =>
    page.evaluate(async () => (await torturePage.device.status()).unsentCount)
  return {
    page,
    act,
    sell,
    closeShift: async () => void (await facts.closeShift()),
    async actUntil(isOver) {
      let acts = 0
      while (!isOver()) {
        try {
          const failure = await act()
          if (failure !== null) throw new Error(`The till failed: ${failure}`)
          acts += 1
        } catch (error) {
          if (isOver() || isGone(error)) return acts
          throw error
        }
      }
      return acts
    },
    wake,
    unsent,
    async drain() {
      for (const until = Date.now() + 60_000; (await unsent()) > 0; await wake())
        if (Date.now() > until) throw new Error(`${await unsent()} operations were not sent within a minute`)
    },
    rows: () => page.evaluate(() => torturePage.readRows()) as Promise<DeviceRows>,
  }
}

type Facts = Record<'closeShift' | 'moveCash' | 'moveStock' | 'countStock', () => Promise<string | null>>

function factsOn(page: Page, installId: string, { ledger, chance }: TillParts): Facts {
  /** Unlike any other of this run, also over restarts of the browser. */
  const newMark = (): string => Buffer.from(chance.bytes16()).toString('hex')
  return {
    closeShift: async () => {
      const closed = await page.evaluate(() => torturePage.device.closeShift(100_000))
      if (!closed.ok) return closed.failure.code === 'shift/none' ? null : closed.failure.code
      ledger.note({ kind: 'shift.closed', installId, mark: `"zNumber":${closed.value.zNumber}}` })
      return null
    },
    moveCash: async () => {
      const asked = { mark: newMark(), amountMinor: 100 + chance.int(5_000) }
      const moved = await page.evaluate(
        ({ mark, amountMinor }) => torturePage.device.moveCash('paid-in', amountMinor, mark),
        asked,
      )
      if (!moved.ok) return moved.failure.code
      ledger.note({ kind: 'cash.moved', installId, mark: asked.mark })
      return null
    },
    moveStock: async () => {
      const asked = { mark: newMark(), index: chance.int(1_000) }
      const moved = await page.evaluate(async ({ mark, index }) => {
        const products = await torturePage.device.records('product')
        const { productId } = products[index % products.length]!
        return torturePage.device.moveStock({ productId, variantId: null }, 5_000, 'received', mark)
      }, asked)
      if (!moved.ok) return moved.failure.code
      ledger.note({ kind: 'stock.moved', installId, mark: asked.mark })
      return null
    },
    countStock: async () => {
      // The quantity is what tells one count from another.
      const asked = {
        countedMilli: 1_000 * (1 + chance.int(1_000_000)) + chance.int(1_000),
        index: chance.int(1_000),
      }
      const counted = await page.evaluate(async ({ countedMilli, index }) => {
        const products = await torturePage.device.records('product')
        const { productId } = products[index % products.length]!
        return torturePage.device.countStock({ productId, variantId: null }, countedMilli)
      }, asked)
      if (!counted.ok) return counted.failure.code
      ledger.note({ kind: 'stock.counted', installId, mark: `"countedMilli":${asked.countedMilli},` })
      return null
    },
  }
}

/** The browser was killed, or the tab is closing. */
function isGone(error: unknown): boolean {
  return error instanceof Error && /closed|crashed|destroyed|disconnected/i.test(error.message)
}
