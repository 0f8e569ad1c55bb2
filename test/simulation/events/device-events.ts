import { createDevice, type Device, installOf, journalOf, rowsOn, syncOf } from '../device/device.ts'
import { enrolTab } from '../device/enrol.ts'
import type { Tab } from '../device/device.ts'
import { openTab } from '../device/tab.ts'
import type { Operation } from '#sync/operation.ts'
import { sell } from '../people/selling.ts'
import { staffIds } from '../shop.ts'
import { createMemoryDisk, type DiskImage } from '../storage/memory-disk.ts'
import type { DiskWatch } from '../watching.ts'
import type { World } from '../world.ts'

const HOUR_MS = 3_600_000
const MOST_TABS = 3
const MOST_DEVICES = 5

export type DeviceEvents = {
  openAnotherTab(world: World): void
  killTab(world: World): void
  freezeTab(world: World): void
  killBrowser(world: World): void
  powerCut(world: World): void
  closeConnection(world: World): void
  fillDisk(world: World): void
  changeClock(world: World): void
  cloneProfile(world: World): void
  putDiskBack(world: World): void
  evict(world: World): void
  useOldRelease(world: World): void
}

/** What befalls a tablet. `yesterday`: what was on each disk some time ago. */
export function createDeviceEvents(watch: DiskWatch): DeviceEvents {
  const yesterday = new Map<Device, DiskImage>()
  const pickTab = (world: World): Tab => world.chance().pick(world.chance().pick(world.devices).tabs)

  const reopen = (world: World, device: Device): Tab =>
    openTab(world, device, { staffId: world.chance().pick(staffIds) })

  const killAllTabs = (device: Device): void => {
    for (const tab of [...device.tabs]) tab.owner.kill()
  }

  const replaceDisk = (world: World, device: Device, image: DiskImage | undefined): void => {
    killAllTabs(device)
    device.disk = createMemoryDisk(image)
    watch.replaced(device)
    noteLost(world, device)
  }

  return {
    openAnotherTab: (world) => {
      const device = world.chance().pick(world.devices)
      if (device.tabs.length >= MOST_TABS) return
      world.coverage.count('device: another tab')
      reopen(world, device)
    },
    killTab: (world) => {
      const tab = pickTab(world)
      world.coverage.count('device: tab killed')
      tab.owner.kill()
      if (tab.device.tabs.length === 0) reopen(world, tab.device)
    },
    freezeTab: (world) => {
      const tab = pickTab(world)
      if (tab.owner.isFrozen()) return tab.owner.thaw()
      if (tab.device.lockHolder === tab.owner) world.coverage.count('device: holder of the lock frozen')
      else world.coverage.count('device: tab frozen')
      tab.owner.freeze()
      if (tab.device.tabs.every(({ owner }) => owner.isFrozen())) reopen(world, tab.device)
    },
    killBrowser: (world) => {
      const device = world.chance().pick(world.devices)
      world.coverage.count('device: browser killed')
      killAllTabs(device)
      reopen(world, device)
    },
    powerCut: (world) => {
      const device = world.chance().pick(world.devices)
      world.coverage.count('device: power cut')
      killAllTabs(device)
      if (device.disk.powerCut(1 + world.chance().int(3)) > 0) {
        world.coverage.count('device: power cut lost what was relaxed')
        watch.replaced(device)
      }
      reopen(world, device)
    },
    closeConnection: (world) => {
      world.coverage.count('device: connection closed')
      const tab = pickTab(world)
      if (journalOf(tab.device)) sell(world, tab)
      // Somewhere in the middle of the sale, or before or after it.
      world.scheduler.soon(tab.owner, () => tab.closeConnection())
    },
    fillDisk: (world) => {
      const device = world.chance().pick(world.devices)
      if (device.disk.isFull()) {
        device.room.isHopeless = false
        return device.disk.setFull(false)
      }
      world.coverage.count('device: disk full')
      device.room.isHopeless = world.chance().oneIn(3)
      device.disk.setFull(true)
    },
    changeClock: (world) => {
      const chance = world.chance()
      const device = chance.pick(world.devices)
      // After midnight, and in the hour that comes twice, both of New York.
      const night = [12 * HOUR_MS, 13.7 * HOUR_MS]
      const offsets = [0, HOUR_MS, -HOUR_MS, ...night, 365 * 24 * HOUR_MS, -365 * 24 * HOUR_MS]
      device.clockOffsetMs = chance.pick(offsets) + chance.int(1000)
      world.coverage.count(
        Math.abs(device.clockOffsetMs) > 300 * HOUR_MS ? 'device: clock a year off' : 'device: clock jumped',
      )
    },
    cloneProfile: (world) => {
      const chance = world.chance()
      const device = chance.pick(world.devices)
      yesterday.set(device, device.disk.image())
      if (world.devices.length >= MOST_DEVICES || !installOf(device)) return
      world.coverage.count('device: profile cloned')
      const clone = createDevice(`clone of ${device.name}`, device.disk.image())
      device.wasTampered = true
      watch.added(clone)
      world.devices.push(clone)
      reopen(world, clone)
    },
    putDiskBack: (world) => {
      const device = world.chance().pick(world.devices)
      const image = yesterday.get(device)
      yesterday.set(device, device.disk.image())
      if (!image || !installOf(device)) return
      world.coverage.count('device: yesterday’s disk')
      device.wasTampered = true
      replaceDisk(world, device, image)
      reopen(world, device)
    },
    evict: (world) => {
      const device = world.chance().pick(world.devices)
      const registerId = installOf(device)?.registerId
      if (registerId == null) return
      const hasUnsent = (journalOf(device)?.seq ?? 0) > (syncOf(device)?.ackedSeq ?? 0)
      world.coverage.count(hasUnsent ? 'device: evicted with unsent' : 'device: evicted with nothing unsent')
      replaceDisk(world, device, undefined)
      yesterday.delete(device)
      device.wasTampered = false
      void enrolTab(world, reopen(world, device), registerId).catch(() => undefined)
    },
    useOldRelease: (world) => {
      const device = world.chance().pick(world.devices)
      device.release = device.release === 1 ? 2 : 1
      world.coverage.count(device.release === 1 ? 'device: back to release 0.1' : 'device: updated')
    },
  }

  /** What was on this disk and is on none now. */
  function noteLost(world: World, device: Device): void {
    const left = new Set(
      world.devices.flatMap(({ disk }) =>
        [...rowsOn<Operation>(disk, 'journal'), ...rowsOn<Operation>(disk, 'pastOperations')].map(
          ({ opId }) => opId,
        ),
      ),
    )
    for (const [opId, { deviceName }] of world.ledger.completed)
      if (deviceName === device.name && !left.has(opId))
        world.ledger.lose(opId, world.database?.view.get('operationIds', opId) !== undefined)
  }
}
