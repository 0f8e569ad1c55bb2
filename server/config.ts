import { existsSync } from 'node:fs'
import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { z } from 'zod'
import { failed } from '#domain/failure.ts'
import type { Failure } from '#domain/failure.ts'

export type Config = {
  readonly port: number
  readonly host: string
  /** Absolute. Holds the embedded database, its password and its log. */
  readonly dataDir: string
  /** Absent: the embedded PostgreSQL in `dataDir` is used. */
  readonly databaseUrl: string | undefined
  /** A way to the same database past PgBouncer, for LISTEN and migrations. */
  readonly databaseDirectUrl: string | undefined
  readonly databasePoolMax: number
  /** How many devices are served at the same time, in each of sending, reading and proving who they are. */
  readonly devicesAtOnce: number
  /** How many more may wait for each; whoever comes beyond is told when to come again. */
  readonly devicesWaiting: number
  readonly logLevel: LogLevel
  /** Origin without a trailing slash, for links and QR codes. */
  readonly publicUrl: string | undefined
  /** Whose `X-Forwarded-*` headers count: everybody's, nobody's, or a comma-separated list of addresses and networks. */
  readonly trustProxy: boolean | string
  readonly sessionHours: number
}

export type LogLevel = (typeof logLevels)[number]

/** Every variable that is wrong, not only the first: a person mends them in one go. */
export type LoadedConfig =
  | { readonly ok: true; readonly value: Config }
  | { readonly ok: false; readonly failures: readonly Failure[] }

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const

type Variable = { readonly schema: z.ZodType; readonly mend: string; readonly isSecret?: boolean }

/** The environment as the program knows it: what is valid, and what to do when it is not. `.env.example` explains each. */
export const variables = {
  PORT: {
    schema: wholeNumber(1, 65535).default(4280),
    mend: 'Give a port from 1 to 65535, such as PORT=4280.',
  },
  HOST: {
    schema: z
      .string()
      .regex(/^[A-Za-z0-9.:-]+$/)
      .default('127.0.0.1'),
    mend: 'Give an address of this machine: HOST=127.0.0.1 for this machine only, HOST=0.0.0.0 for the whole network.',
  },
  DATA_DIR: {
    schema: z.string().default('./data'),
    mend: 'Give a folder this program may write to, such as DATA_DIR=./data.',
  },
  DATABASE_URL: {
    schema: postgresUrl().optional(),
    mend: 'Give postgres://user:password@host:5432/name, or leave it out to use the database that is built in.',
    isSecret: true,
  },
  DATABASE_DIRECT_URL: {
    schema: postgresUrl().optional(),
    mend: 'Give postgres://user:password@host:5432/name past the connection pooler, or leave it out.',
    isSecret: true,
  },
  DATABASE_POOL_MAX: {
    schema: wholeNumber(2, 500).default(20),
    mend: 'Give the number of database connections, from 2 to 500, such as DATABASE_POOL_MAX=20.',
  },
  DEVICES_AT_ONCE: {
    schema: wholeNumber(1, 500).default(4),
    mend: 'Give the number of devices served at the same time, from 1 to 500, such as DEVICES_AT_ONCE=4.',
  },
  DEVICES_WAITING: {
    schema: wholeNumber(0, 100_000).default(200),
    mend: 'Give the number of devices that may wait their turn, from 0 to 100000, such as DEVICES_WAITING=200.',
  },
  LOG_LEVEL: { schema: z.enum(logLevels).default('info'), mend: `Give one of ${logLevels.join(', ')}.` },
  PUBLIC_URL: {
    schema: z.string().refine(isOrigin).transform(toOrigin).optional(),
    mend: 'Give the address that people open, without a path, such as PUBLIC_URL=https://till.example.com.',
  },
  TRUST_PROXY: {
    schema: z.string().refine(isTrustProxy).transform(toTrustProxy).default(false),
    mend: 'Give the addresses of the proxies in front, such as TRUST_PROXY=127.0.0.1, or true, or false.',
  },
  SESSION_HOURS: {
    schema: wholeNumber(1, 8760).default(12),
    mend: 'Give the hours after which a person signs in again, from 1 to 8760, such as SESSION_HOURS=12.',
  },
} satisfies Record<string, Variable>

/** Reads a `.env` file into `process.env` where there is one. Variables that are already set win. */
export function readEnvFile(path = '.env'): void {
  if (existsSync(path)) process.loadEnvFile(path)
}

/** Parses the environment. An empty variable counts as one that is not set. A secret's value is never repeated. */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): LoadedConfig {
  const failures: Failure[] = []
  const read = <Name extends keyof typeof variables>(
    name: Name,
  ): z.output<(typeof variables)[Name]['schema']> | undefined => {
    const variable: Variable = variables[name]
    const given = env[name]?.trim()
    const parsed = variable.schema.safeParse(given === '' ? undefined : given)
    if (parsed.success) return parsed.data as z.output<(typeof variables)[Name]['schema']>
    const shown = variable.isSecret ? 'a value that is not shown here' : `“${given}”`
    failures.push(
      failed(`config/${name}`, `${name} is ${shown}, which can’t be used.`, variable.mend).failure,
    )
    return undefined
  }
  const values = {
    port: read('PORT'),
    host: read('HOST'),
    dataDir: resolve(read('DATA_DIR') ?? '.'),
    databaseUrl: read('DATABASE_URL'),
    databaseDirectUrl: read('DATABASE_DIRECT_URL'),
    databasePoolMax: read('DATABASE_POOL_MAX'),
    devicesAtOnce: read('DEVICES_AT_ONCE'),
    devicesWaiting: read('DEVICES_WAITING'),
    logLevel: read('LOG_LEVEL'),
    publicUrl: read('PUBLIC_URL'),
    trustProxy: read('TRUST_PROXY'),
    sessionHours: read('SESSION_HOURS'),
  }
  return failures.length > 0 ? { ok: false, failures } : { ok: true, value: values as Config }
}

function wholeNumber(min: number, max: number) {
  return z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .refine((value) => value >= min && value <= max)
}

function postgresUrl() {
  return z.string().refine((text) => {
    const url = URL.parse(text)
    return url !== null && /^postgres(ql)?:$/.test(url.protocol) && url.pathname.length > 1
  })
}

function isOrigin(text: string): boolean {
  const url = URL.parse(text)
  return (
    url !== null && /^https?:$/.test(url.protocol) && url.pathname === '/' && url.search + url.hash === ''
  )
}

function toOrigin(text: string): string {
  return new URL(text).origin
}

function isTrustProxy(text: string): boolean {
  const isAddress = (item: string): boolean =>
    /^[^/]+(\/\d{1,3})?$/.test(item) && isIP(item.split('/')[0] ?? '') > 0
  return text === 'true' || text === 'false' || text.split(',').every((item) => isAddress(item.trim()))
}

function toTrustProxy(text: string): boolean | string {
  return text === 'true' || text === 'false' ? text === 'true' : text
}
