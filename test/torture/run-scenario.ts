import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chanceOf } from '../simulation/chance.ts'
import { openLedger } from './ledger.ts'
import type { Outcome, Scenario } from './scenario.ts'

export type Ran = {
  readonly scenario: string
  readonly times: number
  readonly seed: number
  readonly outcome: Outcome | null
  /** What kept it from coming to its end. */
  readonly error: Error | null
  readonly isRight: boolean
  readonly seconds: number
}

export type RunOptions = {
  readonly times: number
  readonly seed: number
  readonly say: (line: string) => void
  /** Ends it early; what it started goes as ever. */
  readonly stop?: AbortSignal
}

/** Runs a scenario to its end or to its failure, and takes everything away that it started. */
export async function runScenario(scenario: Scenario, { times, seed, say, stop }: RunOptions): Promise<Ran> {
  const folder = await mkdtemp(join(tmpdir(), 'evertill-ledger-'))
  const cleaning: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })]
  const startedAt = performance.now()
  let outcome: Outcome | null = null
  let error: Error | null = null
  let streams = 0
  try {
    const running = scenario.run({
      chance: chanceOf(seed, times),
      stream: () => chanceOf(seed, times, (streams += 1)),
      times,
      ledger: openLedger(join(folder, 'ledger.jsonl')),
      onEnd: (clean) => cleaning.unshift(clean),
      say,
    })
    outcome = await Promise.race([running, stopped(stop)])
  } catch (thrown) {
    error = thrown instanceof Error ? thrown : new Error(String(thrown))
  }
  for (const clean of cleaning) await clean().catch((trouble: unknown) => (error ??= trouble as Error))
  const isRight = error === null && outcome !== null && outcome.checks.every((check) => check.isRight)
  const seconds = (performance.now() - startedAt) / 1000
  return { scenario: scenario.name, times, seed, outcome, error, isRight, seconds }
}

function stopped(stop: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    stop?.addEventListener('abort', () => reject(new Error('It was stopped.')))
  })
}
