import { setTimeout as delay } from 'node:timers/promises'
import { bundledVersion } from '../../e2e/bundled-page.ts'
import { type BrowserTill, takeTill } from '../browser/browser-till.ts'
import { deviceViolations } from '../browser/device-proof.ts'
import type { KillableBrowser } from '../browser/killable-browser.ts'
import { installServiceWorker } from '../browser/service-worker.ts'
import { endWithProof, replayEverything, textOf } from '../ending.ts'
import type { FaultProxy } from '../fault-proxy.ts'
import { pushesIn } from '../requests.ts'
import type { Checked, Scenario, Torture } from '../scenario.ts'
import { openBrowserTill, openShopWithNetwork, partsOf } from '../set-up.ts'

const WAKE_EVERY_MS = 150

export const tabsAtOnce: Scenario = {
  name: 'tabs-at-once',
  about:
    'two tabs and the service worker send at once, each believing that it alone does, while both tabs sell',
  times: { usual: 200, short: 60 },
  async run(torture) {
    const { ledger, times } = torture
    const { server, proxy } = await openShopWithNetwork(torture)
    const { browser, till } = await openBrowserTill(torture, server, {
      ...{ origin: proxy.url, name: 'Browser', variant: 'no-lock' },
    })
    const tills = [till, await openTab(torture, browser, proxy)]
    const wakeServiceWorker = await installServiceWorker(till.page)
    // The answers come late, so that the tabs send the same operations while they are under way.
    proxy.decide = (request) =>
      request.path.startsWith('/trpc/operations.push')
        ? { kind: 'slow', chunkBytes: 100, pauseMs: torture.chance.int(40) }
        : { kind: 'pass' }
    let [acts, isOver] = [0, false]
    const selling = Promise.all(
      tills.map((each) =>
        each.actUntil(() => {
          acts += 1
          return acts > times
        }),
      ),
    ).finally(() => {
      isOver = true
    })
    selling.catch(() => undefined)
    while (!isOver) {
      await wakeServiceWorker()
      await delay(WAKE_EVERY_MS)
    }
    await selling
    await Promise.all(tills.map((each) => each.wake()))
    proxy.decide = null
    await till.closeShift()
    await till.drain()
    const device = deviceViolations(await till.rows(), ledger.all())
    const { checks, proof } = await endWithProof(server, ledger, 0)
    return {
      done: `${times} acts in two tabs, ${proxy.seen.length} pushes, ${byServiceWorker(proxy)} of the service worker`,
      completed: ledger.orders(),
      held: proof.held.orders,
      checks: [
        overlapping(proxy),
        { what: 'the service worker sent beside them', isRight: byServiceWorker(proxy) > 0 },
        { what: 'the browser has each sale once', isRight: device.length === 0, detail: textOf(device) },
        ...checks,
        ...(await replayEverything(server, ledger, 0, pushesIn(proxy.seen))),
      ],
    }
  },
}

async function openTab(
  torture: Torture,
  browser: KillableBrowser,
  { url }: FaultProxy,
): Promise<BrowserTill> {
  return takeTill(await browser.openTab(url, 'no-lock'), partsOf(torture))
}

/** It comes from the build, and so does its version; the tabs run what was bundled for the test. */
function byServiceWorker({ seen }: FaultProxy): number {
  return pushesIn(seen).filter(({ appVersion }) => appVersion !== bundledVersion).length
}

/** Operations that more than one request brought. */
function overlapping(proxy: FaultProxy): Checked {
  const times = new Map<string, number>()
  for (const { body } of proxy.seen) {
    const { opIds } = JSON.parse(body.toString()) as { opIds: string[] }
    for (const opId of opIds) times.set(opId, (times.get(opId) ?? 0) + 1)
  }
  const doubled = [...times.values()].filter((each) => each > 1).length
  return {
    what: `${doubled} of ${times.size} operations were sent more than once`,
    isRight: doubled > 0,
  }
}
