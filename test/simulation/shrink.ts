import { run, type RunOptions, type RunResult } from './run.ts'

const MOST_RUNS = 300

/** The same failure with as few steps as can be found by leaving out halves, quarters … of them. */
export async function shrink(options: RunOptions, rule: string): Promise<readonly number[]> {
  let steps = options.only ?? Array.from({ length: options.steps }, (_, index) => index)
  let runs = 0
  const fails = async (only: readonly number[]): Promise<boolean> => {
    runs += 1
    const result: RunResult = await run({ ...options, only })
    return result.violations.some((violation) => violation.rule === rule)
  }
  for (let size = Math.ceil(steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let start = 0; start < steps.length && runs < MOST_RUNS;) {
      const without = [...steps.slice(0, start), ...steps.slice(start + size)]
      if (await fails(without)) steps = without
      else start += size
    }
  }
  return steps
}
