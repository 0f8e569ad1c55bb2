import type { Ran } from './run-scenario.ts'

/** What was checked and how it went, a line each; where something failed, also how to see it again. */
export function reportOf({ scenario, outcome, error, isRight, times, seed }: Ran): string[] {
  const checks = (outcome?.checks ?? []).flatMap(({ what, detail, isRight: isHeld }) => [
    `  ${isHeld ? 'ok    ' : 'FAILED'} ${what}`,
    ...(!isHeld && detail ? [`      ${detail}`] : []),
  ])
  return [
    ...checks,
    ...(error ? [`  FAILED ${error.stack ?? error.message}`] : []),
    ...(isRight
      ? []
      : [`  again: npm run torture -- --scenario ${scenario} --times ${times} --seed ${seed}`]),
  ]
}
