import type { Chance } from '../../simulation/chance.ts'
import { setTimeout as delay } from 'node:timers/promises'
import { type BrowserTill, takeTill } from '../browser/browser-till.ts'
import { type DeviceRows, deviceViolations } from '../browser/device-proof.ts'
import type { KillableBrowser } from '../browser/killable-browser.ts'
import { endWithProof, replayEverything, textOf } from '../ending.ts'
import type { Violation } from '../proof/held.ts'
import { pushesIn } from '../requests.ts'
import type { Checked, Scenario, Torture } from '../scenario.ts'
import { openBrowserTill, type OpenedTill, openShopWithNetwork, partsOf } from '../set-up.ts'

const MOST_SALES = 400
/** Chromium counts on the room that it saw up to 30 s ago, until nobody has used the database for a while. */
const CONTEXT_KEPT_MS = 4_000
/** Each with a note of its own length in bytes, so that a megabyte is sold soon. */
const LINES = 12
/** Room that is left beside what is used when the disk begins to fill. */
const SPARE_BYTES = 1_000_000

export const quotaFull: Scenario = {
  name: 'quota-full',
  about:
    'the disk is filled while it sells: the ballast gives way, then sales fail as a value, then there is room again',
  times: { usual: 3, short: 1 },
  async run(torture) {
    const { ledger, times, say } = torture
    const { server, proxy } = await openShopWithNetwork(torture)
    const opened = await openBrowserTill(torture, server, { origin: proxy.url, name: 'Browser' })
    const quota = await quotaOf(opened.browser, proxy.url)
    let { till } = opened
    const rounds: Round[] = []
    for (let round = 1; round <= times; round += 1) {
      const filled = await fillAndSell(torture, { ...opened, till }, quota)
      till = filled.till
      rounds.push(filled.round)
      const { filledBytes, byBallast, failure } = filled.round
      say(`${round}: ${filledBytes} bytes beside it, ${byBallast} sales by the ballast, then ${failure}`)
    }
    await till.closeShift()
    await till.drain()
    const device = deviceViolations(await till.rows(), ledger.all())
    const { checks, proof } = await endWithProof(server, ledger, 0)
    return {
      done: `filled ${times} times, ${rounds.reduce((sum, { byBallast }) => sum + byBallast, 0)} sales on a full disk`,
      completed: ledger.orders(),
      held: proof.held.orders,
      checks: [
        ...checksOf(rounds),
        {
          what: 'with room again the device has all that was done',
          isRight: device.length === 0,
          detail: textOf(device),
        },
        halfSaleIsFound(rounds[0]!.full),
        ...checks,
        ...(await replayEverything(server, ledger, 0, pushesIn(proxy.seen))),
      ],
    }
  },
}

type Round = {
  readonly isLaid: boolean
  readonly filledBytes: number
  readonly byBallast: number
  readonly failure: string
  /** Whether the ballast was gone in the end. */
  readonly isGiven: boolean
  readonly full: DeviceRows
  readonly violations: readonly Violation[]
  /** How a sale went when there was room. */
  readonly after: string | null
}

function checksOf(rounds: readonly Round[]): Checked[] {
  const violations = rounds.flatMap((round) => round.violations)
  return [
    {
      what: 'on a full disk sales are completed by the ballast',
      isRight: rounds.every(({ isLaid, byBallast, isGiven }) => isLaid && byBallast > 0 && isGiven),
      detail: rounds
        .map(({ isLaid, byBallast, isGiven }) => `laid ${isLaid}, sold ${byBallast}, given ${isGiven}`)
        .join('; '),
    },
    {
      what: 'with nothing left to give way they fail as a value',
      isRight: rounds.every(({ failure }) => failure === 'storage/full'),
      detail: rounds.map(({ failure }) => failure).join(', '),
    },
    {
      what: 'nothing half is on the full device',
      isRight: violations.length === 0,
      detail: textOf(violations),
    },
    {
      what: 'it sells again as soon as there is room',
      isRight: rounds.every(({ after }) => after === null),
      detail: rounds.map(({ after }) => after).join(', '),
    },
  ]
}

type Quota = { set(bytes: number): Promise<unknown>; lift(): Promise<unknown> }

/** The quota goes with the page that set it, so that is one of its own. */
async function quotaOf(browser: KillableBrowser, origin: string): Promise<Quota> {
  const devtools = await browser.context().newCDPSession(await browser.context().newPage())
  return {
    set: (quotaSize) => devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize }),
    lift: () => devtools.send('Storage.overrideQuotaForOrigin', { origin }),
  }
}

async function fillAndSell(
  torture: Torture,
  opened: OpenedTill,
  quota: Quota,
): Promise<{ readonly till: BrowserTill; readonly round: Round }> {
  const { ledger } = torture
  const context = opened.browser.context()
  // Away from the network, so that nothing becomes the server's that could then give way.
  await context.setOffline(true)
  const isLaid = await until(opened.till, () => torturePage.hasBallast())
  await quota.set((await opened.till.page.evaluate(() => torturePage.usedBytes())) + SPARE_BYTES)
  const filledBytes = await opened.till.page.evaluate(() => torturePage.fill())
  const till = await reopen(torture, opened)
  // What the database tidied away when it was closed.
  await till.page.evaluate(() => torturePage.fill())
  const outcome = await sellUntilFull(torture, till)
  const full = await till.rows()
  const violations = deviceViolations(full, ledger.all())
  await till.page.evaluate(() => torturePage.clearFill())
  await quota.lift()
  await context.setOffline(false)
  const after = await till.sell()
  // Opened anew, it lays the ballast down again.
  return {
    till: await reopen(torture, { ...opened, till }),
    round: { isLaid, filledBytes, ...outcome, full, violations, after },
  }
}

/** Sells with notes that no disk can make smaller, and counts what was sold after the ballast had given way. */
async function sellUntilFull({ chance }: Torture, till: BrowserTill) {
  let byBallast = 0
  let isGiven = false
  for (let sales = 0; sales < MOST_SALES; sales += 1) {
    const failure = await till.sell({ note: randomText(chance), lines: LINES })
    isGiven ||= !(await till.page.evaluate(() => torturePage.hasBallast()))
    if (failure !== null) return { byBallast, failure, isGiven }
    if (isGiven) byBallast += 1
  }
  return { byBallast, failure: 'never full', isGiven }
}

async function reopen(torture: Torture, { browser, till }: OpenedTill): Promise<BrowserTill> {
  const { origin } = new URL(till.page.url())
  await till.page.close()
  await delay(CONTEXT_KEPT_MS)
  return takeTill(await browser.openTab(origin), partsOf(torture))
}

async function until(till: BrowserTill, isSo: () => Promise<boolean>): Promise<boolean> {
  for (let tries = 0; tries < 50; tries += 1) {
    if (await till.page.evaluate(isSo)) return true
    await till.page.waitForTimeout(100)
  }
  return false
}

/** As long as a note may be. */
function randomText({ bytes16 }: Chance): string {
  return Array.from({ length: 60 }, () => Buffer.from(bytes16()).toString('base64url').slice(0, 16)).join('')
}

/** A control: an order without its operation, and the reverse, on the device. */
function halfSaleIsFound(rows: DeviceRows): Checked {
  const halves: DeviceRows[] = [
    { ...rows, orders: rows.orders.slice(0, -1) },
    { ...rows, journal: rows.journal.slice(0, -1) },
  ]
  return {
    what: 'control: a half sale on the device would be found',
    isRight: halves.every((half) =>
      deviceViolations(half, []).some(({ rule }) => rule === 'I5' || rule === 'I3'),
    ),
  }
}
