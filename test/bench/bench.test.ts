import { describe, expect, test } from 'vitest'
import type { Bench } from './bench.ts'
import { commit } from './commit.ts'
import { formatRows } from './format-rows.ts'
import { ingest } from './ingest.ts'
import { quantile, rowsOf } from './measure.ts'
import { price } from './price.ts'
import { pull } from './pull.ts'
import { report } from './report.ts'
import { sync } from './sync/sync.ts'
import { runCommand } from '../runner/run-command.ts'

/** The first run on a machine may have to install a browser. */
const longestMs = 300_000

describe.each([commit, report, ingest, pull, price, sync])('the bench $name', (bench: Bench) => {
  test(
    'runs and yields numbers next to its limit',
    async () => {
      const rows = await bench.run({ rounds: 1, size: 'smoke', signal: new AbortController().signal })
      expect(rows.length).toBeGreaterThan(1)
      for (const { median, p95, ratio } of rows) {
        expect(median).toBeGreaterThan(0)
        if (p95 !== null) expect(p95).toBeGreaterThanOrEqual(median)
        if (ratio) expect(ratio.median).toBeGreaterThan(0)
      }
      expect(rows.filter(({ isLimit }) => isLimit).map(({ ratio }) => ratio?.median)).toContain(1)
    },
    longestMs,
  )

  test('stops at once when its time is up', { timeout: longestMs }, async () => {
    const isUp = AbortSignal.abort(new Error('time is up'))
    await expect(bench.run({ rounds: 1, size: 'smoke', signal: isUp })).rejects.toThrow('time is up')
  })
})

describe('rows', () => {
  const rounds = [
    { ours: [2, 2, 2], limit: [1, 1, 1] },
    { ours: [40, 40, 40], limit: [10, 10, 10] },
    { ours: [9, 9, 100], limit: [3, 3, 3] },
  ]

  test('a ratio is the median of the rounds’ own ratios, so that a slow round weighs no more', () => {
    const [ours, limit] = rowsOf(rounds, 'ms', 'limit')
    expect(ours).toMatchObject({ what: 'ours', median: 9, ratio: { median: 3, low: 2, high: 4 } })
    expect(limit).toMatchObject({ what: 'limit', isLimit: true, ratio: { median: 1, low: 1, high: 1 } })
  })

  test('quantiles lie between readings in proportion', () => {
    expect([0, 0.5, 0.95, 1].map((share) => quantile([30, 10, 20], share))).toEqual([10, 20, 29, 30])
  })

  test('are printed with unit, ratio and its spread', () => {
    expect(formatRows(rowsOf(rounds, 'ms', 'limit'))).toMatch(/ours +9\.00 +76\.0 +ms +3\.00 +2\.00–4\.00/)
  })

  test('say beside a goal whether it is reached', () => {
    const goals = [{ text: '≤ 1.10', isReached: false }, undefined]
    const printed = formatRows(
      rowsOf(rounds, 'ms', 'limit').map((row, place) => ({ ...row, goal: goals[place] })),
    )
    expect(printed).toMatch(/ours .*≤ 1\.10 missed\n.*limit .*1\.00$/m)
  })
})

describe('npm run bench', () => {
  const run = (...args: string[]) => runCommand(['node', 'test/bench/run.ts', ...args])

  test('lists the benches without a name and refuses one that it does not have', async () => {
    const { isOk, output } = await run('--list')
    expect({ isOk, names: output.trim().split('\n') }).toEqual({
      isOk: true,
      names: ['commit', 'report', 'ingest', 'pull', 'price', 'sync'],
    })
    expect((await run()).output).toContain('--rounds N')
    expect(await run('nothing')).toMatchObject({ isOk: false })
    expect(await run('price', '--rounds', 'many')).toMatchObject({ isOk: false })
  })
})
