import { parseArgs } from 'node:util'
import { interrupted } from '../runner/interrupt.ts'
import { reportOf } from './report.ts'
import { runScenario, type Ran } from './run-scenario.ts'
import { scenarios } from './scenarios/all.ts'

const width = Math.max(...scenarios.map(({ name }) => name.length)) + 2

const help = `npm run torture -- [--scenario NAME] [--times N] [--seed S]

Hurts the real thing: Chromium, the server's process and its PostgreSQL are killed, the network between them is broken, and
each scenario ends with a proof from the database that nothing is lost, doubled or half, and with controls that must fail.

${scenarios.map(({ name, about, times }) => `  ${name.padEnd(width)}${about} (${times.usual})`).join('\n')}

  --scenario NAME  this one only
  --times N        how often it does its worst; where absent, the number behind each
  --seed S         chance begins here, 1; what the machine does beside it can't be repeated
  --help           this text
`

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      scenario: { type: 'string' },
      times: { type: 'string' },
      seed: { type: 'string' },
      help: { type: 'boolean' },
    },
  })
  if (values.help) {
    console.log(help)
    return 0
  }
  const chosen = scenarios.filter(({ name }) => values.scenario === undefined || name === values.scenario)
  if (chosen.length === 0) {
    console.error(
      `There is no scenario ${values.scenario}. There are: ${scenarios.map(({ name }) => name).join(', ')}.`,
    )
    return 2
  }
  const seed = numberOf(values.seed, 1)
  const ran: Ran[] = []
  const stop = interrupted()
  for (const scenario of chosen) {
    const times = numberOf(values.times, scenario.times.usual)
    console.log(`\n${scenario.name}: ${scenario.about}`)
    const result = await runScenario(scenario, {
      ...{ times, seed, stop },
      say: (line) => console.log(`    ${line}`),
    })
    console.log(reportOf(result).join('\n'))
    ran.push(result)
    if (stop.aborted) process.exit(130)
  }
  table(ran)
  return ran.every(({ isRight }) => isRight) ? 0 : 1
}

function table(ran: readonly Ran[]): void {
  const rows = ran.map(({ scenario, outcome, isRight, seconds }) => [
    scenario,
    outcome?.done ?? 'broke off',
    String(outcome?.completed ?? ''),
    String(outcome?.held ?? ''),
    isRight ? 'proven' : 'FAILED',
    `${seconds.toFixed(0)} s`,
  ])
  const all = [['scenario', 'what was done', 'completed', 'held', 'result', 'time'], ...rows]
  const widths = all[0]!.map((_, column) => Math.max(...all.map((row) => row[column]!.length)))
  console.log('')
  for (const row of all)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column]! + 2))
        .join('')
        .trimEnd(),
    )
}

function numberOf(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise
  const number = Number(text)
  if (!Number.isSafeInteger(number) || number < 1)
    throw new Error(`“${text}” is not a whole number from 1 up.`)
  return number
}

process.exitCode = await main()
