import type { Page } from 'playwright-core'
import { onTestFailed } from 'vitest'
import type { AppServer } from './app-server.ts'
import { createProfile, type Profile } from './browser.ts'
import { enrol, freshCode, type Person, signIn, startDemoServer, unlock } from './way-in.ts'

/** The demo shop with Register 1 of Harbor Street on a tablet and its owner's account on a laptop. */
export type RegisterAndOffice = {
  readonly server: AppServer
  readonly tablet: Profile
  readonly laptop: Profile
  readonly register: Page
  readonly office: Page
}

type Size = Parameters<typeof createProfile>[0]

/** `seller` signs in at the register; without one it is where people sign in. */
export async function openRegisterAndOffice({
  seller = null,
  tabletSize = { width: 1280, height: 800 },
  laptopSize = { width: 1440, height: 900 },
}: {
  readonly seller?: Person | null
  readonly tabletSize?: Size
  readonly laptopSize?: Size
}): Promise<RegisterAndOffice> {
  const opened: { remove(): Promise<void> }[] = []
  const toRemove = async <T extends { remove(): Promise<void> }>(opening: Promise<T>): Promise<T> => {
    const one = await opening
    opened.unshift(one)
    return one
  }
  try {
    const server = await toRemove(startDemoServer())
    const tablet = await toRemove(createProfile(tabletSize))
    const laptop = await toRemove(createProfile(laptopSize))
    const register = await tablet.open()
    const office = await laptop.open()
    const atTheTill = async () => {
      await enrol(register, server.url, await freshCode(server.url))
      if (seller) await unlock(register, seller)
    }
    await Promise.all([atTheTill(), signIn(office, server.url)])
    return { server, tablet, laptop, register, office }
  } catch (error) {
    // Nobody else knows of them yet.
    for (const one of opened) await one.remove()
    throw error
  }
}

/** Of what both show, where the test that runs fails. */
export function picturesIfFailed(
  { tablet, laptop }: Pick<RegisterAndOffice, 'tablet' | 'laptop'>,
  name: string,
): void {
  onTestFailed(async () => {
    await tablet.picture(`${name}-register`)
    await laptop.picture(`${name}-office`)
  })
}
