import { createRequire } from 'node:module'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { cruise } from 'dependency-cruiser'
import type { ICruiseResult, IFlattenedRuleSet, ICruiseOptions } from 'dependency-cruiser'

const sides = ['src', 'server', 'test']

export interface BoundaryReport {
  modules: number
  imports: number
  violations: string[]
}

/**
 * Checks the imports below `root` against .dependency-cruiser.cjs.
 * dependency-cruiser works in the process's current folder, so that has to be `root`.
 */
export async function checkBoundaries(root: string): Promise<BoundaryReport> {
  if (resolve(root) !== process.cwd()) throw new Error(`Run the boundary check inside ${root}.`)
  const require = createRequire(import.meta.url)
  const config = require(resolve(root, '.dependency-cruiser.cjs')) as IFlattenedRuleSet & {
    options: ICruiseOptions
  }
  const { options, ...ruleSet } = config
  const result = await cruise(
    sides.filter((side) => existsSync(resolve(root, side))),
    {
      ...options,
      ruleSet,
      validate: true,
    },
  )
  const { summary } = result.output as ICruiseResult
  return {
    modules: summary.totalCruised,
    imports: summary.totalDependenciesCruised ?? 0,
    violations: summary.violations.map(describeViolation(ruleSet)),
  }
}

type Violation = ICruiseResult['summary']['violations'][number]

function describeViolation({ forbidden = [] }: IFlattenedRuleSet) {
  return (violation: Violation): string => {
    const comment = forbidden.find((rule) => rule.name === violation.rule.name)?.comment ?? ''
    const circle = violation.cycle?.map((step) => step.name).join(' → ')
    return `${violation.rule.name}: ${violation.from} → ${circle ?? violation.to}\n    ${comment}`
  }
}

async function main(): Promise<void> {
  const { modules, imports, violations } = await checkBoundaries(process.cwd())
  for (const violation of violations) console.log(violation)
  // A parser that cannot read the files finds nothing wrong in them: an empty reading is a failure of the check.
  const isBlind = modules === 0 || imports === 0
  if (isBlind) console.log('The boundary check read no modules or no imports. Is TypeScript 6 installed?')
  console.log(`${modules} modules, ${imports} imports, ${violations.length} violations`)
  process.exitCode = isBlind || violations.length > 0 ? 1 : 0
}

if (import.meta.main) await main()
