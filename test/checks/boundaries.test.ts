import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runOnPlanted } from './planted-project.ts'

const check = ['node', resolve(import.meta.dirname, 'boundaries.ts')]

const leaf = 'export const leaf = 1\n'
const importing = (specifier: string): string =>
  `import { leaf } from '${specifier}'\nexport const taken = leaf\n`
const importingType = (specifier: string): string =>
  `import type { Leaf } from '${specifier}'\nexport const taken: Leaf = 1\n`

/** A small tree in which every import follows the table. */
const lawful = {
  'src/domain/money.ts': leaf,
  'src/sync/journal.ts': importing('#domain/money.ts'),
  'src/worker/api.ts': importing('#domain/money.ts'),
  'src/features/sell/till.ts': importing('../../worker/api.ts'),
  'src/main.tsx': importing('./features/sell/till.ts'),
  'server/api/router.ts': 'export type Leaf = number\nexport const leaf = 1\n',
  'src/transport/client.ts': importingType('../../server/api/router.ts'),
}

describe('import boundaries', () => {
  test('a tree that follows the table passes', () => {
    const { exitCode, output } = runOnPlanted(lawful, check)
    expect(output).toContain(' 0 violations')
    expect(exitCode).toBe(0)
  })

  test.each([
    ['domain takes nothing from sync', 'src/domain/tax.ts', '#sync/journal.ts', 'src-domain-imports'],
    ['domain takes no package', 'src/domain/tax.ts', 'zod', 'src-domain-imports'],
    ["domain takes none of Node's modules", 'src/domain/tax.ts', 'node:fs', 'src-domain-imports'],
    [
      'a feature takes nothing from another',
      'src/features/pay/pay.ts',
      '../sell/till.ts',
      'feature-imports-feature',
    ],
    ['a feature does not name Dexie', 'src/features/pay/pay.ts', 'dexie', 'only-storage-names-dexie'],
    ['the worker does not name Dexie', 'src/worker/run.ts', 'dexie', 'only-storage-names-dexie'],
    [
      'a feature knows only the contract of the worker',
      'src/features/pay/pay.ts',
      '../../worker/run.ts',
      'src-features-imports',
    ],
    [
      'the app mounts features in its router alone',
      'src/app/shell.tsx',
      '../features/sell/till.ts',
      'features-are-mounted-in-one-place',
    ],
    [
      'transport takes only types from the server',
      'src/transport/push.ts',
      '../../server/api/router.ts',
      'src-transport-types-only',
    ],
    [
      'the server takes nothing from the screens',
      'server/main.ts',
      '../src/features/sell/till.ts',
      'server-takes-only-shared-layers',
    ],
    ['code takes nothing from tests', 'server/main.ts', '../test/fixture.ts', 'nothing-imports-test'],
    ['a file that is not there is reported', 'server/main.ts', './missing.ts', 'not-to-unresolvable'],
    ['a new folder needs a row', 'src/basket/basket.ts', '#domain/money.ts', 'folder-not-in-the-table'],
  ])('%s', (_title, path, specifier, rule) => {
    const planted = {
      ...lawful,
      'src/worker/run.ts': leaf,
      'test/fixture.ts': leaf,
      [path]: importing(specifier),
    }
    const { exitCode, output } = runOnPlanted(planted, check)
    expect(output).toContain(`${rule}: ${path}`)
    expect(exitCode).toBe(1)
  })

  test('two files that import each other are a cycle', () => {
    const planted = {
      'src/domain/a.ts': "import { b } from './b.ts'\nexport const a = () => b\n",
      'src/domain/b.ts': "import { a } from './a.ts'\nexport const b = () => a\n",
    }
    const { exitCode, output } = runOnPlanted(planted, check)
    expect(output).toContain('no-cycles: src/domain/a.ts')
    expect(exitCode).toBe(1)
  })

  test('reading no module is a failure, not a pass', () => {
    const { exitCode, output } = runOnPlanted({}, check)
    expect(output).toContain('read no modules')
    expect(exitCode).toBe(1)
  })
})
