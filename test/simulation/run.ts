import { chanceOf } from './chance.ts'
import { comeToRest } from './come-to-rest.ts'
import { hashOf } from './server/state-dump.ts'
import { chooseDeed, planFor } from './plan.ts'
import { buildWorld, type WorldOptions } from './build-world.ts'
import type { Violation } from './violation.ts'

export type RunOptions = Omit<WorldOptions, 'seed'> & {
  readonly seed: number
  readonly steps: number
  /** Only these of the steps are done: what a shrunk run is made of. */
  readonly only?: readonly number[] | undefined
}

export type RunResult = {
  readonly seed: number
  readonly violations: readonly Violation[]
  /** Of what the server holds at the end. */
  readonly hash: string
  readonly coverage: readonly (readonly [string, number])[]
  readonly storageAndServerSteps: number
}

/** A run has some thousands. */
const MOST_STEPS_A_RUN = 100_000

/** A run's steps have each a chance of their own, so that leaving one out changes none of the others. */
export async function run(options: RunOptions): Promise<RunResult> {
  const { seed, steps, only } = options
  const built = await buildWorld(options)
  const { world, watching, violations } = built
  const plan = planFor(seed, options.backing?.interleaving === 'request by request')
  const chosen = only ?? Array.from({ length: steps }, (_, index) => index)
  for (const index of chosen) {
    const chance = chanceOf(seed, index, 1)
    built.useChance(chance)
    chooseDeed(plan, built)(world)
    const pause = chance.int(7)
    if (pause < 6) await world.scheduler.runFor(chance.int(900), pause < 3 ? 30 : 200)
    else await world.scheduler.runFor(chance.int(90_000), 2_000)
    if (violations.length > 0) break
    if (world.scheduler.steps() > MOST_STEPS_A_RUN) {
      world.fail('I14', `no end after ${MOST_STEPS_A_RUN} steps of storage, network and server`)
      break
    }
  }
  if (violations.length === 0) {
    built.useChance(chanceOf(seed, -1, 1))
    try {
      if ((await comeToRest(world)) && violations.length === 0) await watching.lookAtRest()
    } catch (error) {
      world.fail('simulation', error instanceof Error ? (error.stack ?? error.message) : String(error))
    }
  }
  return {
    seed,
    violations,
    hash: hashOf(await world.peek.dump()),
    coverage: [...world.coverage.counts],
    storageAndServerSteps: world.scheduler.steps(),
  }
}
