import type { LoadResult } from './run-load.ts'
import type { Latencies } from './requests.ts'

/** The table that a run ends with. */
export function formatLoad(result: LoadResult): string {
  const { registers, operations, orders, drainedMs, readMs, acknowledged, serverBytes, unfinished } = result
  const perSecond = Math.round(operations / (drainedMs / 1000))
  const lines = [
    `${registers} registers, ${orders} sales, ${operations} operations`,
    '',
    `  all acknowledged after   ${seconds(drainedMs)}, ${perSecond} operations a second`,
    `  all have read after      ${seconds(readMs)}`,
    `  a register’s own wait    p50 ${seconds(acknowledged.p50Ms)}, p95 ${seconds(acknowledged.p95Ms)}, at most ${seconds(acknowledged.maxMs)}`,
    `  the server’s memory      ${megabytes(serverBytes.before)} before, ${megabytes(serverBytes.peak)} at most`,
    '',
    row('requests, ms', ['answered', 'p50', 'p95', 'p99', 'max', 'sent away', 'errors']),
    ...result.procedures.map((each) =>
      row(each.procedure, [...figures(each), each.sentAway, errorsText(each.errors)]),
    ),
    '',
    row('others meanwhile, ms', ['answered', 'p50', 'p95', 'p99', 'max', 'quiet p95', 'failed']),
    ...result.probes.map((each) => row(each.name, [...figures(each), each.quietP95Ms, each.failed])),
    '',
    unfinished === 0 ? '  every register came back' : `  ${unfinished} registers did not come back`,
    ...(result.differences.length === 0
      ? [
          '  ledger and server agree: every operation once, every journal whole, payments equal to the minor unit',
        ]
      : result.differences.map((difference) => `  DIFFERS  ${difference}`)),
  ]
  return lines.join('\n')
}

function row(name: string, cells: readonly (string | number)[]): string {
  return `  ${name.padEnd(24)}${cells.map((cell) => String(cell).padStart(10)).join('')}`
}

function figures({ count, p50Ms, p95Ms, p99Ms, maxMs }: Latencies): number[] {
  return [count, p50Ms, p95Ms, p99Ms, maxMs]
}

function errorsText(errors: Readonly<Record<string, number>>): string {
  const found = Object.entries(errors)
  return found.length === 0 ? '0' : `  ${found.map(([kind, count]) => `${count} ${kind}`).join(', ')}`
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}

function megabytes(bytes: number | null): string {
  return bytes === null ? 'not known' : `${Math.round(bytes / 1e6)} MB`
}
