export type Help = {
  readonly usage: string
  readonly about: string
  readonly options: readonly (readonly [flag: string, meaning: string])[]
  readonly examples?: readonly string[]
}

/** The text of `--help`, the same shape for every command. */
export function formatHelp({ usage, about, options, examples = [] }: Help): string {
  const width = Math.max(...options.map(([flag]) => flag.length))
  const lines = [about, '', `Usage: ${usage}`, '', 'Options:']
  for (const [flag, meaning] of options) lines.push(`  ${flag.padEnd(width)}  ${meaning}`)
  if (examples.length > 0) lines.push('', 'Examples:', ...examples.map((example) => `  ${example}`))
  return lines.join('\n')
}
