import { pino, stdSerializers, stdTimeFunctions } from 'pino'
import type { DestinationStream, Logger, LoggerOptions } from 'pino'
import type { Failure } from '#domain/failure.ts'
import type { LogLevel } from './config.ts'

export type Log = Logger

/** Words that never reach a log, at any of the first four levels of an entry. `code` is an enrolment or approval code. */
const secretNames = [
  'password',
  'pin',
  'authorization',
  'cookie',
  'token',
  'signature',
  'code',
  '["set-cookie"]',
]

/** JSON lines on standard output, one per event, with secrets taken out. */
export function createLog(level: LogLevel, destination?: DestinationStream): Log {
  const options: LoggerOptions = {
    level,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: {
      err: (error: Error) => withPlainCode(withoutRow(stdSerializers.err(error)), 'errorCode'),
      failure: (failure: Failure) => withPlainCode(failure, 'failureCode'),
    },
    redact: { paths: secretNames.flatMap(pathsOf), censor: '[hidden]' },
  }
  return destination ? pino(options, destination) : pino(options)
}

/** What PostgreSQL tells of the row it refused: values of columns, hashes of passwords among them. */
function withoutRow(entry: object & { detail?: unknown }): object {
  const { detail: _, ...rest } = entry
  return rest
}

/** The code of an error or a failure is what a fault is found by: it gets a name that is not hidden. */
function withPlainCode(entry: object & { code?: unknown }, name: string): object {
  const { code, ...rest } = entry
  return code === undefined ? rest : { ...rest, [name]: code }
}

function pathsOf(name: string): string[] {
  const isQuoted = name.startsWith('[')
  return ['', '*', '*.*', '*.*.*'].map((prefix) =>
    prefix === '' || isQuoted ? prefix + name : `${prefix}.${name}`,
  )
}
