import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findChromium } from '../chromium.ts'
import { countTests } from './count-tests.ts'
import { runCommand, runCommands } from './run-command.ts'
import type { Stage } from './stages.ts'

export interface StageResult {
  passed: number
  failed: number
  /** What the tools said; shown when something failed. */
  output: string
}

/** Two, as on the smallest machines that build this. */
const commandsAtOnce = 2

export async function runStage(stage: Stage): Promise<StageResult> {
  if (stage.needsChromium) {
    try {
      await findChromium()
    } catch (error) {
      return { passed: 0, failed: 1, output: `${error instanceof Error ? error.message : String(error)}\n` }
    }
  }
  return stage.vitestProject ? runTests(stage.vitestProject) : runChecks(stage.commands)
}

async function runChecks(commands: string[][]): Promise<StageResult> {
  const results = await runCommands(commands, commandsAtOnce)
  const output = results.filter(({ isOk }) => !isOk).map((result) => result.output)
  return output.length === 0
    ? { passed: 1, failed: 0, output: '' }
    : { passed: 0, failed: 1, output: output.join('\n') }
}

async function runTests(project: string): Promise<StageResult> {
  const folder = await mkdtemp(join(tmpdir(), 'evertill-test-'))
  try {
    const file = join(folder, 'report.json')
    const { isOk, output } = await runCommand([
      'vitest',
      'run',
      '--project',
      project,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
    ])
    const { passed, failed, notes } = countTests(await readReport(file), isOk)
    return { passed, failed, output: [output, ...notes].join('\n') }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The report as Vitest wrote it, or nothing where it wrote none. */
async function readReport(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch {
    return undefined
  }
}
