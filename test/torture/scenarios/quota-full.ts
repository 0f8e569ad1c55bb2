import type { Chance } from '../../simulation/chance.ts'
import type { BrowserTill } from '../browser/browser-till.ts'
import { type DeviceRows, deviceViolations } from '../browser/device-proof.ts'
import { endWithProof, replayEverything, textOf } from '../ending.ts'
import type { Violation } from '../proof/held.ts'
import { pushesIn } from '../requests.ts'
import type { Checked, Scenario, Torture } from '../scenario.ts'
import { openBrowserTill, openShopWithNetwork } from '../set-up.ts'

const MOST_SALES = 400
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
    const { browser, till } = await openBrowserTill(torture, server, { origin: proxy.url, name: 'Browser' })
    const devtools = await browser.context().newCDPSession(till.page)
    const setQuota = (quotaSize?: number) =>
      devtools.send('Storage.overrideQuotaForOrigin', { origin: proxy.url, ...(quotaSize && { quotaSize }) })

    const rounds: Round[] = []
    for (let round = 1; round <= times; round += 1) {
      // The browser is away from the network meanwhile, so that nothing becomes the server's that could then give way.
      await browser.context().setOffline(true)
      await till.page.evaluate(() => torturePage.device.wakeSync())
      const isLaid = await until(till, () => torturePage.hasBallast())
      await setQuota((await till.page.evaluate(() => torturePage.usedBytes())) + SPARE_BYTES)
      const filledBytes = await till.page.evaluate(() => torturePage.fill())
      const outcome = await sellUntilFull(torture, till)
      const full = await till.rows()
      const violations = deviceViolations(full, ledger.all())
      await till.page.evaluate(() => torturePage.clearFill())
      await setQuota()
      await browser.context().setOffline(false)
      const after = await till.sell()
      rounds.push({ isLaid, filledBytes, ...outcome, full, violations, after })
      say(
        `round ${round}: ${filledBytes} bytes beside it, ${outcome.byBallast} sales by the ballast, then ${outcome.failure}`,
      )
      // Opened anew, it lays the ballast down again.
      await till.page.reload()
      await till.page.waitForFunction(() => 'torturePage' in globalThis)
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
