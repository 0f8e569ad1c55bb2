import { expect, test } from 'vitest'
import { qrPath } from '../../src/ui/qr-code.tsx'

test('a code keeps four modules free on every side', () => {
  const { edge, path } = qrPath('https://example.org/r/2-1184', 'M')
  const runs = [...path.matchAll(/M(\d+) (\d+)h(\d+)v1h-(\d+)z/g)].map(([, x, y, width]) => ({
    left: Number(x),
    top: Number(y),
    right: Number(x) + Number(width),
  }))
  expect(runs.length).toBeGreaterThan(50)
  expect(Math.min(...runs.map((run) => run.left))).toBe(4)
  expect(Math.min(...runs.map((run) => run.top))).toBe(4)
  expect(Math.max(...runs.map((run) => run.right))).toBe(edge - 4)
})

test('a longer text makes a larger code', () => {
  expect(qrPath('x'.repeat(200), 'M').edge).toBeGreaterThan(qrPath('x', 'M').edge)
})
