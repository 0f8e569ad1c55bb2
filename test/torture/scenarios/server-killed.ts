import { setTimeout as delay } from 'node:timers/promises'
import type { BrowserTill } from '../browser/browser-till.ts'
import { deviceViolations } from '../browser/device-proof.ts'
import { endWithProof, replayEverything, textOf } from '../ending.ts'
import { pushesIn } from '../requests.ts'
import type { Scenario, Torture } from '../scenario.ts'
import { openBrowserTill, openShopWithNetwork, openVirtualTills } from '../set-up.ts'
import type { ShopServer } from '../shop-server.ts'
import type { VirtualTill } from '../virtual-till.ts'

const VIRTUAL_TILLS = 4

export const serverKilled: Scenario = {
  name: 'server-killed',
  about: 'the server is killed while it takes pushes of five registers, every other time with its PostgreSQL',
  times: { usual: 25, short: 2 },
  async run(torture) {
    const { ledger, times } = torture
    const { server, proxy } = await openShopWithNetwork(torture)
    const virtual = await openVirtualTills(torture, server, VIRTUAL_TILLS)
    const { till } = await openBrowserTill(torture, server, { origin: proxy.url, name: 'Browser' })

    const killed = await killWhileTaking(torture, server, { virtual, till })
    virtual.forEach((each) => each.closeShift())
    await till.closeShift()
    await Promise.all([...virtual.map((each) => each.drain()), till.drain()])
    const device = deviceViolations(await till.rows(), ledger.all())
    const { checks, proof } = await endWithProof(server, ledger, 0)
    const requests = [...virtual.flatMap(({ sent }) => sent), ...pushesIn(proxy.seen)]
    return {
      done: `${times} kills, ${killed.inFlight} with pushes under way, ${killed.databases} with PostgreSQL`,
      completed: ledger.orders(),
      held: proof.held.orders,
      checks: [
        { what: 'pushes were under way at some of the kills', isRight: killed.inFlight > 0 },
        {
          what: 'the browser still has all that it sold',
          isRight: device.length === 0,
          detail: textOf(device),
        },
        ...checks,
        ...(await replayEverything(server, ledger, 0, requests)),
      ],
    }
  },
}

type Tills = { readonly virtual: readonly VirtualTill[]; readonly till: BrowserTill }

async function killWhileTaking(torture: Torture, server: ShopServer, { virtual, till }: Tills) {
  const { chance, stream, times, say, ledger } = torture
  let isOver = false
  const working = [
    ...virtual.map(async (each) => {
      const own = stream()
      while (!isOver) {
        for (let acts = 1 + own.int(6); acts > 0; acts -= 1) each.act()
        await each.send()
        await delay(5)
      }
    }),
    till.actUntil(() => isOver),
  ]
  // A failure of a till is heard at the end; unheard until then it would end the process.
  const worked = Promise.all(working)
  worked.catch(() => undefined)
  let [inFlight, databases] = [0, 0]
  for (let kill = 1; kill <= times; kill += 1) {
    await delay(100 + chance.int(700))
    if (virtual.some((each) => each.isSending())) inFlight += 1
    const killing = server.app.kill()
    if (kill % 2 === 0 && (await server.killDatabase())) databases += 1
    await killing
    await server.app.start()
    say(`kill ${kill} of ${times}: ${ledger.orders()} orders done`)
  }
  isOver = true
  await worked
  return { inFlight, databases }
}
