import { parseArgs } from 'node:util'
import { runStage } from './runner/run-stage.ts'
import type { StageResult } from './runner/run-stage.ts'
import { stages } from './runner/stages.ts'
import type { Stage } from './runner/stages.ts'

const names = stages.map(({ name }) => name)

const help = `npm test [-- --only NAME[,NAME]]

Runs these stages in order, goes on after one that fails, and ends with the line "N passed, N failed".

${stages.map(({ name, about }) => `  ${name.padEnd(12)}${about}`).join('\n')}

  --only NAME[,NAME]  these stages only
  --list              the names of the stages, one on each line
  --help              this text
`

async function runAll(chosen: readonly Stage[]): Promise<{ passed: number; failed: number }> {
  const total = { passed: 0, failed: 0 }
  const failedStages = new Set<string>()
  for (const stage of chosen) {
    const startedAt = performance.now()
    const isBlocked = stage.after !== undefined && failedStages.has(stage.after)
    const result: StageResult = isBlocked
      ? { passed: 0, failed: 1, output: `Not started, as the stage ${stage.after} failed.\n` }
      : await runStage(stage)
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
    console.log(formatLine(stage.name, result, seconds))
    if (result.failed > 0) {
      failedStages.add(stage.name)
      console.log(`\n${result.output.trimEnd()}\n`)
    }
    total.passed += result.passed
    total.failed += result.failed
  }
  return total
}

function formatLine(name: string, { passed, failed }: StageResult, seconds: string): string {
  const mark = failed === 0 ? 'ok    ' : 'FAILED'
  return `${mark} ${name.padEnd(12)}${passed} passed, ${failed} failed${`${seconds} s`.padStart(12)}`
}

/** The stages that were asked for, in their usual order, or the names that no stage has. */
function chooseStages(only: string | undefined): { chosen: readonly Stage[]; unknown: string[] } {
  if (only === undefined) return { chosen: stages, unknown: [] }
  const wanted = only.split(',').map((name) => name.trim())
  return {
    chosen: stages.filter(({ name }) => wanted.includes(name)),
    unknown: wanted.filter((name) => !names.includes(name)),
  }
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { help: { type: 'boolean' }, list: { type: 'boolean' }, only: { type: 'string' } },
  })
  if (values.help || values.list) {
    console.log(values.help ? help : names.join('\n'))
    return 0
  }
  const { chosen, unknown } = chooseStages(values.only)
  if (unknown.length > 0) {
    console.error(`There is no stage ${unknown.join(', ')}. There are: ${names.join(', ')}.`)
    return 1
  }
  const { passed, failed } = await runAll(chosen)
  console.log(`${passed} passed, ${failed} failed`)
  return failed === 0 ? 0 : 1
}

process.exitCode = await main()
