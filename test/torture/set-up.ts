import { type BrowserTill, enrolTill, type TillParts } from './browser/browser-till.ts'
import { createKillableBrowser, type KillableBrowser } from './browser/killable-browser.ts'
import type { WorkerVariant } from './browser/variants.ts'
import { createFaultProxy, type FaultProxy } from './fault-proxy.ts'
import { isPush } from './requests.ts'
import type { Torture } from './scenario.ts'
import { openShopServer, type ShopServer } from './shop-server.ts'
import { createVirtualTill, type VirtualTill } from './virtual-till.ts'

/** A shop with a server, and the network to it, which can be broken. Both go when the scenario ends. */
export async function openShopWithNetwork(
  torture: Torture,
): Promise<{ readonly server: ShopServer; readonly proxy: FaultProxy }> {
  const server = await openShopServer()
  torture.onEnd(() => server.app.remove())
  const proxy = await createFaultProxy(server.url, isPush)
  torture.onEnd(() => proxy.close())
  return { server, proxy }
}

export type OpenedTill = { readonly browser: KillableBrowser; readonly till: BrowserTill }

/** A browser that is a new register, on this way to the server. */
export async function openBrowserTill(
  torture: Torture,
  server: ShopServer,
  { origin, name, variant }: { origin: string; name: string; variant?: WorkerVariant },
): Promise<OpenedTill> {
  const browser = await createKillableBrowser()
  torture.onEnd(() => browser.remove())
  await browser.start()
  const tab = await browser.openTab(origin, variant)
  return { browser, till: await enrolTill(tab, await server.codeFor(name), partsOf(torture)) }
}

export async function openVirtualTills(
  torture: Torture,
  server: ShopServer,
  count: number,
): Promise<VirtualTill[]> {
  const tills: VirtualTill[] = []
  for (let number = 1; number <= count; number += 1) {
    const register = await server.enrolVirtual(`Virtual ${number}`)
    tills.push(createVirtualTill(register, { url: server.url, ...partsOf(torture) }))
  }
  return tills
}

/** What one who sells is made of. */
export function partsOf({ ledger, stream }: Torture): TillParts {
  return { ledger, chance: stream() }
}
