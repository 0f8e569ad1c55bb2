import type { Chance } from '../chance.ts'
import { goodLine, type Line } from '../network.ts'
import type { World } from '../world.ts'

/** The weather on the wires changes, for everybody or for one device. */
export function changeLine(world: World): void {
  const chance = world.chance()
  const line = chance.oneIn(4) ? goodLine : worseLine(chance)
  if (chance.oneIn(3)) {
    world.line = line
    return
  }
  const device = chance.pick(world.devices)
  device.line = chance.oneIn(4) ? null : line
}

function worseLine(chance: Chance): Line {
  switch (chance.int(9)) {
    case 0:
      return { ...goodLine, isDown: true }
    case 1:
      return { ...goodLine, isBlackHole: true }
    case 2:
      return { ...goodLine, lostRequests: 0.4 }
    case 3:
      return { ...goodLine, lostAnswers: 0.5 }
    case 4:
      return { ...goodLine, doubled: 0.5 }
    case 5:
      return { ...goodLine, portal: 0.6 }
    case 6:
      return { ...goodLine, refusedTokens: 0.3, busy: 0.3 }
    case 7:
      return { ...goodLine, slowestMs: 19_000 }
    default:
      return { ...goodLine, lostAnswers: 0.2, doubled: 0.3, lostRequests: 0.2, slowestMs: 8_000 }
  }
}

export function mendLines(world: World): void {
  world.line = goodLine
  for (const device of world.devices) device.line = null
}
