import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { formatHelp } from '../cli-help.ts'
import { checkExport, type ExportCheck } from './check-export.ts'

const help = formatHelp({
  usage: 'npm run verify-export -- FILE',
  about: 'Checks an audit export with nothing but the file: every hash, every chain, every signature.',
  options: [['--help', 'Show this.']],
  examples: ['npm run verify-export -- journals.jsonl'],
})

/** 0: all is as the devices wrote it. 1: it is not, or it can’t be read. 2: no file was named. */
process.exitCode = await run()

async function run(): Promise<0 | 1 | 2> {
  const [path] = readPath()
  if (path === undefined) return 2
  if (path === '--help') return 0
  try {
    const check = await checkExport(createInterface({ input: createReadStream(path), crlfDelay: Infinity }))
    console.log(reportOf(check))
    return check.problems.length === 0 ? 0 : 1
  } catch (error) {
    console.error(`${path} can’t be read: ${(error as Error).message}`)
    return 1
  }
}

function readPath(): (string | undefined)[] {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { help: { type: 'boolean' } },
    })
    if (values.help) {
      console.log(help)
      return ['--help']
    }
    if (positionals.length === 1) return positionals
  } catch (error) {
    console.error((error as Error).message)
  }
  console.error(help)
  return [undefined]
}

function reportOf({ businessName, journals, problems }: ExportCheck): string {
  const lines = businessName === null ? [] : [businessName, '']
  for (const journal of journals) {
    lines.push(
      `${[journal.registerName, journal.storeName].filter(Boolean).join(', ')} (${journal.installId})`,
      `  operations 1 … ${journal.operations}, signed up to ${journal.signedSeq}`,
      `  head ${journal.chain}`,
    )
  }
  if (problems.length === 0) lines.push('', 'Intact: every operation is as its device wrote and signed it.')
  else lines.push('', 'NOT intact:', ...problems.map((problem) => `  ${problem}`))
  return lines.join('\n')
}
