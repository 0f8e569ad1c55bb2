import { storeOn } from '../../../src/storage/store.ts'
import { openMemoryStorage } from '../storage/memory-storage.ts'
import type { Mutant } from '../mutants/mutant.ts'
import type { World } from '../world.ts'
import { type Device, syncOf, type Tab } from './device.ts'
import { reopeningStorage } from './reopening-storage.ts'
import { startSync } from './tab-sync.ts'

export type TabOptions = {
  readonly isStepwise?: boolean
  readonly staffId: string | null
  /** The mistake that this tab makes; otherwise that of the run. */
  readonly mutant?: Mutant | undefined
}

export function openTab(
  world: World,
  device: Device,
  { isStepwise = false, staffId, mutant }: TabOptions,
): Tab {
  const { scheduler } = world
  const owner = scheduler.owner(`${device.name} tab`)
  const disk = device.disk
  const storage = reopeningStorage(() =>
    openMemoryStorage(disk, { pace: (_, run) => scheduler.soon(owner, run), isStepwise }),
  )
  const mutated = (mutant ?? world.mutant)?.storage?.(storage) ?? storage
  const inflate = async (bytes: Uint8Array): Promise<string> => new TextDecoder().decode(bytes)
  const store = storeOn({ storage: mutated, room: device.room, inflate })
  const sync = startSync(world, device, owner, store, mutated)
  const tab: Tab = {
    device,
    owner,
    store,
    storage: mutated,
    room: device.room,
    sync,
    staffId,
    closeConnection: () => storage.closeByItself(),
  }
  device.tabs.push(tab)
  owner.onKill(() => {
    if (storage.abandon().some((tables) => tables.includes('segments')))
      world.coverage.count('device: tab killed in the middle of a page')
    if (syncOf(device)?.load != null) world.coverage.count('device: tab killed in the middle of a load')
    if (device.lockHolder === owner) device.lockHolder = null
    device.tabs.splice(device.tabs.indexOf(tab), 1)
  })
  return tab
}
