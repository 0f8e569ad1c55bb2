import { parseArgs } from 'node:util'
import { formatHelp } from '../cli-help.ts'

export type CliOptions = {
  /** Null for --list and --undo. */
  readonly file: string | null
  readonly map: string | null
  readonly dateOrder: 'ymd' | 'mdy' | 'dmy' | null
  readonly decimalMark: '.' | ',' | null
  readonly storeName: string
  readonly timeZone: string | null
  /** Where refused rows go; null: beside the file. */
  readonly refusedPath: string | null
  readonly isDryRun: boolean
  readonly isList: boolean
  readonly undo: string | null
}

export type ReadOptions =
  | { readonly kind: 'options'; readonly options: CliOptions }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly sentence: string }

export const help = formatHelp({
  usage: 'npm run import -- sales FILE [options]',
  about:
    'Brings sales of another system in: Square’s items export, or any CSV (also .gz) with a date, a product and an amount.',
  options: [
    ['--map "field=Column,…"', 'which column is what, for a file that is not recognised'],
    ['--date-order ymd|mdy|dmy', 'how 03/04/2024 is meant'],
    ['--decimal-mark .|,', 'how 1,234 is meant'],
    ['--store NAME', 'the store of a file without a store column'],
    ['--time-zone ZONE', 'the zone of the file’s times, such as Europe/Berlin; without it the first store’s'],
    ['--refused FILE', 'where to write the rows that could not be taken; without it beside the file'],
    ['--dry-run', 'read and count, change nothing'],
    ['--list', 'show earlier imports'],
    ['--undo IMPORT_ID', 'withdraw what an import brought'],
    ['--help', 'show this text'],
  ],
  examples: [
    'npm run import -- sales items-2026-06.csv',
    'npm run import -- sales sales.csv --map "date=Date,product=Item,quantity=Qty,unitPrice=Price" --store "Main Street"',
    'npm run import -- --list',
  ],
})

const dateOrders = ['ymd', 'mdy', 'dmy'] as const
const decimalMarks = ['.', ','] as const

export function readOptions(args: readonly string[]): ReadOptions {
  const parsed = parse(args)
  if ('sentence' in parsed) return { kind: 'wrong', sentence: parsed.sentence }
  const { values, positionals } = parsed
  if (values.help) return { kind: 'help' }
  const [what, file, ...rest] = positionals
  const needsFile = !values.list && values.undo === undefined
  if (needsFile && (what !== 'sales' || file === undefined || rest.length > 0))
    return { kind: 'wrong', sentence: 'Name what to import and one file: sales FILE.' }
  const dateOrder = oneOf(dateOrders, values['date-order'])
  if (dateOrder === undefined) return { kind: 'wrong', sentence: '--date-order is ymd, mdy or dmy.' }
  const decimalMark = oneOf(decimalMarks, values['decimal-mark'])
  if (decimalMark === undefined)
    return {
      kind: 'wrong',
      sentence: '--decimal-mark is a point or a comma: --decimal-mark . or --decimal-mark ,',
    }
  return {
    kind: 'options',
    options: {
      file: needsFile ? (file ?? null) : null,
      map: values.map ?? null,
      dateOrder,
      decimalMark,
      storeName: values.store?.trim() ?? '',
      timeZone: values['time-zone'] ?? null,
      refusedPath: values.refused ?? null,
      isDryRun: values['dry-run'],
      isList: values.list,
      undo: values.undo ?? null,
    },
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        map: { type: 'string' },
        'date-order': { type: 'string' },
        'decimal-mark': { type: 'string' },
        store: { type: 'string' },
        'time-zone': { type: 'string' },
        refused: { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
        list: { type: 'boolean', default: false },
        undo: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    })
  } catch (error) {
    return { sentence: (error as Error).message }
  }
}

/** Null where nothing was given, undefined where it is none of them. */
function oneOf<Value extends string>(
  allowed: readonly Value[],
  given: string | undefined,
): Value | null | undefined {
  return given === undefined ? null : allowed.find((value) => value === given)
}
