import type { Failure } from '#domain/failure.ts'
import { formatFailure } from '../startup-error.ts'
import type { ReadSales, TakenSales } from './import-sales.ts'
import type { ImportRecord } from './take-import.ts'

export const noBusiness: Failure = {
  code: 'import/no-business',
  sentence: 'There is no business yet that the sales could belong to.',
  mend: 'Run npm start and set yours up, or npm run demo for the demo shop; then import again.',
  dataSafe: true,
}

export const severalBusinesses: Failure = {
  code: 'import/several-businesses',
  sentence: 'This database holds more than one business.',
  mend: 'Sign in as the one it is for and import on the page /import.',
  dataSafe: true,
}

export const unknownImport: Failure = {
  code: 'import/unknown',
  sentence: 'There is no such import.',
  mend: 'See which there are: npm run import -- --list',
  dataSafe: true,
}

/** What stands between the file and its import, each with the word that answers it. */
export function questionLines(read: ReadSales): string {
  if (read.sales !== null) return ''
  const lines = read.questions.flatMap(({ kind, examples }) => {
    const shown = examples.map((example) => `“${example}”`).join(', ')
    switch (kind) {
      case 'mapping':
        return [
          formatFailure(read.failure),
          `    → --map "date=…,product=…,quantity=…,unitPrice=…" with columns of the file: ${read.table.header.join(', ')}`,
        ]
      case 'date-order':
        return [
          `  The dates can be read in two ways: ${shown}.`,
          '    → --date-order mdy   if the month comes first',
          '    → --date-order dmy   if the day comes first',
        ]
      case 'decimal-mark':
        return [
          `  The amounts can be read in two ways: ${shown}.`,
          '    → --decimal-mark .   if a point stands before the decimals',
          '    → --decimal-mark ,   if a comma stands before the decimals',
        ]
      case 'store-name':
        return ['  The file does not say which store the sales belong to.', '    → --store "Main Street"']
    }
  })
  return ['', 'Nothing was imported; this has to be said first:', '', ...lines, ''].join('\n')
}

/** Columns that were matched by their names only are a suggestion: a person says yes to it. */
export function suggestedMapLines({ mapping }: ReadSales): string {
  const map = Object.entries(mapping)
    .map(([field, column]) => `${field}=${column}`)
    .join(',')
  return [
    '  This export is not one that is known. Its columns were matched by their names.',
    '  Where that is right, and the figures above are, import it with:',
    '',
    `    → --map "${map}"`,
    '',
  ].join('\n')
}

const shapes = {
  'square-items': 'Square, items detail',
  'coffee-chain': 'sales lines with ids',
  unknown: 'CSV',
}

export function readLines({ shape, sales, currency }: ReadSales): string {
  if (sales === null) return ''
  const { summary, stores, products, refused } = sales
  const lines = [
    '',
    row('File', `${shapes[shape]}, ${counted(summary.rows, 'row')}`),
    row(
      'Orders',
      `${count(summary.orders)}${summary.refunds > 0 ? `, of them ${counted(summary.refunds, 'refund')}` : ''}`,
    ),
    row('Net sales', money(summary.netMinor, currency)),
    row('Days', summary.firstDay === null ? '–' : `${summary.firstDay} to ${summary.lastDay}`),
    row('Stores', stores.map(({ storeName }) => storeName).join(', ')),
    row('Products', count(products.length)),
    ...summary.warnings.map(
      (warning) =>
        `  Note: ${warning.sentence} (${count(warning.count)}, first in row ${warning.rows[0] ?? '–'})`,
    ),
  ]
  if (refused.length > 0) {
    lines.push(row('Refused', counted(refused.length, 'row')))
    for (const { row: number, reason } of refused.slice(0, 5)) lines.push(`    row ${number}: ${reason}`)
  }
  return [...lines, ''].join('\n')
}

export function takenLines({ importId, ordersTaken, ordersKnown, wasCancelled }: TakenSales): string {
  return [
    '',
    wasCancelled ? '  Stopped. What was taken so far stays.' : '  Done.',
    row('Taken', counted(ordersTaken, 'order')),
    row('Known', `${counted(ordersKnown, 'order')} here already`),
    row('Undo', `npm run import -- --undo ${importId}`),
    '',
  ].join('\n')
}

export function importLines(imports: readonly ImportRecord[]): string {
  if (imports.length === 0) return '  Nothing has been imported yet.'
  return imports
    .map(({ importId, startedAt, state, orders, fileName }) =>
      [
        `  ${new Date(startedAt).toISOString().slice(0, 16).replace('T', ' ')}`,
        state.padEnd(9),
        counted(orders, 'order').padStart(15),
        importId,
        fileName,
      ].join('  '),
    )
    .join('\n')
}

function row(label: string, value: string): string {
  return `  ${label.padEnd(10)} ${value}`
}

function counted(value: number, one: string): string {
  return `${count(value)} ${one}${value === 1 ? '' : 's'}`
}

function count(value: number): string {
  return value.toLocaleString('en')
}

function money(minor: number, { code, exponent }: ReadSales['currency']): string {
  return (minor / 10 ** exponent).toLocaleString('en', { style: 'currency', currency: code })
}
