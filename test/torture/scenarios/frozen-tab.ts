import { setTimeout as delay } from 'node:timers/promises'
import { takeTill } from '../browser/browser-till.ts'
import { deviceViolations } from '../browser/device-proof.ts'
import { endWithProof, replayEverything, textOf } from '../ending.ts'
import { isPush, pushesIn } from '../requests.ts'
import type { Scenario } from '../scenario.ts'
import { openBrowserTill, openShopWithNetwork, partsOf } from '../set-up.ts'

/** A lock that is found taken is left alone for 30 s; the tab looks again every few seconds. */
const deliveredWithinMs = 75_000

export const frozenTab: Scenario = {
  name: 'frozen-tab',
  about:
    'a tab is frozen in the middle of sending, with the lock in its hand; another tab sells on and delivers',
  times: { usual: 1, short: 1 },
  async run(torture) {
    const { ledger, say } = torture
    const { server, proxy } = await openShopWithNetwork(torture)
    const { browser, till } = await openBrowserTill(torture, server, { origin: proxy.url, name: 'Browser' })
    const other = await takeTill(await browser.openTab(proxy.url), partsOf(torture))
    await till.sell()
    await till.drain()

    // The server takes what the first tab sends; the answer does not come while it is frozen.
    let isHeld = false
    proxy.decide = (request) => {
      if (!isPush(request) || isHeld) return { kind: 'pass' }
      isHeld = true
      return { kind: 'withhold' }
    }
    await till.sell()
    for (let waits = 0; !isHeld && waits < 1_000; waits += 1) await delay(10)
    const thaw = await browser.freeze(till.page)
    say('the first tab is frozen')

    const pushesBefore = proxy.seen.length
    const frozenAt = Date.now()
    for (let sales = 0; sales < 10; sales += 1) await other.sell()
    await other.wake()
    const isLockHeld = proxy.seen.length === pushesBefore && (await other.unsent()) > 0
    while ((await other.unsent()) > 0 && Date.now() - frozenAt < deliveredWithinMs) {
      await delay(500)
      await other.wake()
    }
    const unsent = await other.unsent()
    const seconds = Math.round((Date.now() - frozenAt) / 1000)
    say(`delivered by the other tab after ${seconds} s`)

    await thaw()
    proxy.release()
    for (let sales = 0; sales < 5; sales += 1) await Promise.all([till.sell(), other.sell()])
    await till.closeShift()
    await till.drain()
    const device = deviceViolations(await till.rows(), ledger.all())
    const { checks, proof } = await endWithProof(server, ledger, 0)
    return {
      done: `frozen for ${seconds} s, its lock with it`,
      completed: ledger.orders(),
      held: proof.held.orders,
      checks: [
        {
          what: 'the frozen tab really held the lock: nothing was sent at first',
          isRight: isHeld && isLockHeld,
        },
        {
          what: `the other tab delivered all within ${seconds} s`,
          isRight: unsent === 0,
          detail: `${unsent} unsent`,
        },
        { what: 'the browser has each sale once', isRight: device.length === 0, detail: textOf(device) },
        ...checks,
        ...(await replayEverything(server, ledger, 0, pushesIn(proxy.seen))),
      ],
    }
  },
}
