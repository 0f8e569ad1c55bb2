import { expect, test } from 'vitest'
import { buildWorld } from './build-world.ts'
import { chanceOf } from './chance.ts'
import { comeToRest } from './come-to-rest.ts'
import { createDevice, journalOf } from './device/device.ts'
import { enrolTab } from './device/enrol.ts'
import { openTab } from './device/tab.ts'
import { goodLine } from './network.ts'
import { sell } from './people/selling.ts'
import { receiveStock } from './people/till-and-stock.ts'
import { settled } from './settled.ts'
import { registerIds, staffIds } from './shop.ts'

const DEVICES = 30
const SALES = 10
/** More than two batches. */
const MOVES = 1_100
const MOST_STEPS = 100_000

test('[P6] [I14] many registers that were cut off for long come back at once to a server that is busy', async () => {
  const { world, watching, violations, useChance } = await buildWorld({ seed: 5 })
  const { scheduler } = world
  for (let number = 1; number <= DEVICES; number += 1) {
    const device = createDevice(`till ${number}`)
    watching.added(device)
    world.devices.push(device)
    const tab = openTab(world, device, { staffId: staffIds[0]! })
    await settled(world, enrolTab(world, tab, registerIds[number % registerIds.length]!))
  }
  await scheduler.runFor(20_000, MOST_STEPS)
  world.line = { ...goodLine, isDown: true }
  useChance(chanceOf(5, 1, 1))
  for (const { tabs } of world.devices) for (let sale = 0; sale < SALES; sale += 1) sell(world, tabs[0]!)
  await scheduler.runSteps(MOST_STEPS)
  const [first] = world.devices
  for (let move = 0; move < MOVES; move += 1) {
    receiveStock(world, first!.tabs[0]!)
    if (move % 50 === 0) await scheduler.runSteps(MOST_STEPS)
  }
  await scheduler.runSteps(MOST_STEPS)
  expect(journalOf(first!)!.seq).toBeGreaterThan(MOVES)

  world.line = { ...goodLine, busy: 0.5, lostAnswers: 0.2, slowestMs: 6_000 }
  await scheduler.runFor(120_000, MOST_STEPS)
  expect(world.coverage.counts.get('network: 429 or 503')).toBeGreaterThan(20)
  expect(await comeToRest(world)).toBe(true)
  await watching.lookAtRest()
  expect(violations).toEqual([])
  const sales = world.database!.view.list('orders').length
  expect(sales).toBe(world.coverage.counts.get('deed: sale'))
  expect(sales).toBeGreaterThan(DEVICES * SALES)
}, 120_000)
