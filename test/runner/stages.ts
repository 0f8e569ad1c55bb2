export interface Stage {
  name: string
  /** Said by --help. */
  about: string
  /** Run side by side; the stage passes when all of them do. */
  commands: string[][]
  /** A Vitest project: its tests are counted one by one. */
  vitestProject?: string
  needsChromium?: boolean
  /** Not started, and counted as failed, when this earlier stage failed. */
  after?: string
}

/** One run for each set of powers: pages and tests, the pure core, workers, the server. */
const typeScriptProjects = ['.', 'src/domain', 'src/sync', 'src/worker', 'server']

export const stages: readonly Stage[] = [
  { name: 'format', about: 'prettier', commands: [['prettier', '--check', '--log-level', 'warn', '.']] },
  {
    name: 'lint',
    about: 'oxlint, with the bans on clock, chance and outside in the pure core',
    commands: [['oxlint']],
  },
  {
    name: 'types',
    about: 'tsc, once for each set of powers',
    commands: typeScriptProjects.map(checkTypes),
  },
  {
    name: 'boundaries',
    about: 'who may import whom (.dependency-cruiser.cjs)',
    commands: [['node', 'test/checks/boundaries.ts']],
  },
  {
    name: 'dead-code',
    about: 'knip: unused files, exports and packages',
    commands: [['knip', '--no-progress']],
  },
  { name: 'unit', about: 'tests that need nothing else', commands: [], vitestProject: 'unit' },
  { name: 'build', about: 'vite build into dist/', commands: [['vite', 'build', '--logLevel', 'warn']] },
  {
    name: 'budget',
    about: 'size of what a till loads first (test/checks/budget.ts)',
    commands: [['node', 'test/checks/budget.ts']],
    after: 'build',
  },
  { name: 'server', about: 'tests on a real PostgreSQL', commands: [], vitestProject: 'server' },
  {
    name: 'simulation',
    about: 'thousands of shops with faults in virtual time (npm run simulate)',
    commands: [],
    vitestProject: 'simulation',
  },
  {
    name: 'e2e',
    about: 'tests in a real browser, against the build',
    commands: [],
    vitestProject: 'e2e',
    needsChromium: true,
    after: 'build',
  },
]

/** What one run learns makes the next one faster, so it is kept among the tools. */
function checkTypes(project: string): string[] {
  const memory = `node_modules/.cache/tsc/${project.replace('/', '-')}.tsbuildinfo`
  return ['tsc', '-p', project, '--pretty', 'false', '--incremental', '--tsBuildInfoFile', memory]
}
