import { setTimeout as delay } from 'node:timers/promises'
import { enrolTill, takeTill } from '../browser/browser-till.ts'
import { deviceViolations } from '../browser/device-proof.ts'
import { createKillableBrowser } from '../browser/killable-browser.ts'
import type { WorkerVariant } from '../browser/variants.ts'
import { endWithProof, textOf } from '../ending.ts'
import type { Ledger } from '../ledger.ts'
import type { Violation } from '../proof/held.ts'
import type { Scenario, Torture } from '../scenario.ts'
import { partsOf } from '../set-up.ts'
import { openShopServer, type ShopServer } from '../shop-server.ts'

/** Sellers at once in one tab, so that a kill finds transactions that wait for each other. */
const SELLERS = 2
const MOST_CONTROL_KILLS = 3

export const browserKilled: Scenario = {
  name: 'browser-killed',
  about: 'Chromium is killed, all of its processes, while it sells; the same profile goes on',
  times: { usual: 20, short: 2 },
  async run(torture) {
    const { ledger, times } = torture
    const server = await openShopServer()
    torture.onEnd(() => server.app.remove())
    const killed = await sellAndKill(torture, server, { kills: times, variant: 'as-built' })
    // One sale of each seller may have been complete without the page having been told.
    const mostUnsaid = times * SELLERS
    const { checks, proof } = await endWithProof(server, ledger, mostUnsaid)
    const controlKills = Math.min(times, MOST_CONTROL_KILLS)
    const careless = await sellAndKill(torture, server, { kills: controlKills, variant: 'early-answer' })
    // What is lost once is missing after every later restart too, so the last one shows all.
    const lost = careless.last.filter(({ rule }) => rule === 'I1').length
    return {
      done: `${times} kills, ${killed.processes} processes`,
      completed: killed.orders,
      held: proof.held.orders,
      checks: [
        {
          what: `after each of ${times} restarts nothing is missing on the device, numbers without a gap`,
          isRight: killed.violations.length === 0,
          detail: textOf(killed.violations),
        },
        ...checks,
        {
          what: `control: a worker that answers ahead of “complete” loses ${lost} sales in ${controlKills} kills`,
          isRight: lost > 0,
        },
      ],
    }
  },
}

/** So that the control has a sale to lose each time. */
async function oneIsDone(ledger: Ledger): Promise<void> {
  const before = ledger.orders()
  for (let waits = 0; ledger.orders() === before && waits < 2_000; waits += 1) await delay(5)
}

type Killing = { readonly kills: number; readonly variant: WorkerVariant }

async function sellAndKill(torture: Torture, server: ShopServer, { kills, variant }: Killing) {
  const { chance, ledger, say } = torture
  const browser = await createKillableBrowser()
  torture.onEnd(() => browser.remove())
  const violations: Violation[] = []
  let last: readonly Violation[] = []
  const ordersBefore = ledger.orders()
  let processes = 0
  await browser.start()
  let tab = await browser.openTab(server.url, variant)
  const code = await server.codeFor(`Killed ${variant}`)
  let till = await enrolTill(tab, code, partsOf(torture))
  for (let kill = 1; kill <= kills; kill += 1) {
    let isOver = false
    const selling = Array.from({ length: SELLERS }, () => till.actUntil(() => isOver))
    if (variant === 'as-built') await delay(150 + chance.int(900))
    else await oneIsDone(ledger)
    isOver = true
    processes += await browser.kill()
    await Promise.all(selling)
    await browser.start()
    tab = await browser.openTab(server.url, variant)
    till = await takeTill(tab, partsOf(torture))
    last = deviceViolations(await till.rows(), ledger.all())
    violations.push(...last)
    say(`kill ${kill} of ${kills} (${variant}): ${ledger.orders()} orders done`)
  }
  if (variant === 'as-built') {
    await till.sell()
    await till.closeShift()
    await till.drain()
    violations.push(...deviceViolations(await till.rows(), ledger.all()))
  }
  await browser.remove()
  return { violations, last, processes, orders: ledger.orders() - ordersBefore }
}
