import { existsSync, readFileSync } from 'node:fs'
import { defineConfig } from 'vitest/config'

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as {
  version: string
}

const databaseSetup = 'test/server/global-setup.ts'
const needsDatabase = ['test/server/**/*.test.ts', 'test/contract/**/*.test.ts']
// Or a machine to itself: a server that many come back to.
const needsBrowser = ['test/e2e/**/*.test.ts', 'test/bench/**/*.test.ts', 'test/load/**/*.test.ts']
const simulates = ['test/simulation/**/*.test.ts']

// Whatever needs neither a database nor a browser is a unit test, so no test file can fall between the projects.
export default defineConfig({
  define: { __APP_VERSION__: JSON.stringify(version) },
  test: {
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: [...needsDatabase, ...needsBrowser, ...simulates],
          environment: 'node',
          // The checks of the tool chain start a whole tool each.
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'server',
          include: needsDatabase,
          pool: 'forks',
          globalSetup: existsSync(databaseSetup) ? [databaseSetup] : [],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'simulation',
          include: simulates,
          pool: 'forks',
          globalSetup: existsSync(databaseSetup) ? [databaseSetup] : [],
          // It starts workers of its own, as many as there are cores.
          fileParallelism: false,
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: needsBrowser,
          pool: 'forks',
          globalSetup: ['test/e2e/global-setup.ts'],
          // One browser and one server at a time: what these measure and kill must not be shared.
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
