import { describe, expect, test } from 'vitest'
import { runScenario } from '../torture/run-scenario.ts'
import { scenarios } from '../torture/scenarios/all.ts'

/** The short form of `npm run torture`: each has browsers, servers and databases of its own, and mostly waits for disks. */
describe('torture', () => {
  test.concurrent.each(scenarios.map((scenario) => [scenario.name, scenario.about, scenario] as const))(
    '[I1] [I2] [I3] [I5] [I10] %s: %s',
    async (_name, _about, scenario) => {
      const ran = await runScenario(scenario, { times: scenario.times.short, seed: 1, say: () => undefined })
      expect(ran.error).toBeNull()
      expect(ran.outcome?.checks.filter(({ isRight }) => !isRight)).toEqual([])
    },
  )
})
