import type { BenchRow, Unit } from './bench.ts'

/** A table for people: medians, 95th percentiles, ratios with the lowest and highest round, and goals where there are any. */
export function formatRows(rows: readonly BenchRow[]): string {
  const hasGoals = rows.some(({ goal }) => goal)
  const cells = [
    ['', 'median', 'p95', '', 'ratio', 'rounds', ...(hasGoals ? ['goal'] : [])],
    ...rows.map(({ what, unit, median, p95, ratio, goal }) => [
      what,
      formatValue(median, unit),
      p95 === null ? '' : formatValue(p95, unit),
      unit,
      ratio === null ? '' : ratio.median.toFixed(2),
      ratio === null || ratio.low === ratio.high ? '' : `${ratio.low.toFixed(2)}–${ratio.high.toFixed(2)}`,
      ...(hasGoals ? [goal ? `${goal.text} ${goal.isReached ? 'reached' : 'missed'}` : ''] : []),
    ]),
  ]
  const widths = cells[0]!.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)))
  const isText = (column: number) => column === 0 || column === 3 || column === 6
  return cells
    .map((row) =>
      row
        .map((cell, column) =>
          isText(column) ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!),
        )
        .join('  '),
    )
    .map((line) => `  ${line.trimEnd()}`)
    .join('\n')
}

function formatValue(value: number, unit: Unit): string {
  if (unit === 'ms' && value < 100) return value.toFixed(value < 10 ? 2 : 1)
  return Math.round(value).toLocaleString('en')
}
