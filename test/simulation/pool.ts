import { availableParallelism } from 'node:os'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'
import { run, type RunOptions, type RunResult } from './run.ts'

/** What every run of a series has in common. */
export type SeriesOptions = Omit<RunOptions, 'seed'>

export type Series = SeriesOptions & { readonly firstSeed: number; readonly seeds: number }

const SEEDS_AT_ONCE = 10

type Portion = { readonly first: number; readonly count: number; readonly options: SeriesOptions }

/** Runs seeds side by side; `onResult` hears of each, in no sequence, and ends the series by answering true. */
export async function runSeries(
  { firstSeed, seeds, ...options }: Series,
  onResult: (result: RunResult) => boolean | void,
): Promise<void> {
  const last = firstSeed + seeds
  let next = firstSeed
  let isOver = false
  const workWith = (worker: Worker): Promise<void> =>
    new Promise((resolve, reject) => {
      const ask = (): void => {
        if (isOver || next >= last) return resolve()
        const portion: Portion = { first: next, count: Math.min(SEEDS_AT_ONCE, last - next), options }
        next += portion.count
        worker.postMessage(portion)
      }
      worker.on('error', reject)
      worker.on('message', (results: RunResult[]) => {
        for (const result of results) isOver ||= onResult(result) === true
        ask()
      })
      ask()
    })
  const workers = Array.from(
    { length: Math.min(availableParallelism(), Math.ceil(seeds / SEEDS_AT_ONCE)) },
    () =>
      new Worker(new URL(import.meta.url), {
        execArgv: [],
        resourceLimits: { maxYoungGenerationSizeMb: 48 },
      }),
  )
  try {
    await Promise.all(workers.map(workWith))
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()))
  }
}

async function work({ first, count, options }: Portion): Promise<RunResult[]> {
  const results: RunResult[] = []
  for (let seed = first; seed < first + count; seed += 1) results.push(await run({ ...options, seed }))
  return results
}

if (!isMainThread && parentPort !== null) {
  const port = parentPort
  port.on('message', (portion: Portion) => {
    void work(portion).then((results) => port.postMessage(results))
  })
}
