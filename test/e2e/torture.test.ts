import { describe, test } from 'vitest'
import { reportOf } from '../torture/report.ts'
import { runScenario } from '../torture/run-scenario.ts'
import { scenarios } from '../torture/scenarios/all.ts'

/** The frozen tab alone waits for half a minute, and all share the machine. */
const within = 300_000
/** Of what a scenario said on its way; a failure is told with them. */
const lastLines = 10

/** The short form of `npm run torture`: each has browsers, servers and databases of its own, and mostly waits for disks. */
describe('torture', () => {
  test.concurrent.for(scenarios.map((scenario) => [scenario.name, scenario.about, scenario] as const))(
    '[I1] [I2] [I3] [I5] [I10] %s: %s',
    { timeout: within },
    async ([_name, _about, scenario], { expect, signal }) => {
      const said: string[] = []
      const ran = await runScenario(scenario, {
        ...{ times: scenario.times.short, seed: 1, stop: signal },
        say: (line) => void said.push(`    ${line}`),
      })
      expect(ran.isRight, ['', ...said.slice(-lastLines), ...reportOf(ran), ''].join('\n')).toBe(true)
    },
  )
})
