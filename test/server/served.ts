import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import type { Result } from '#domain/failure.ts'
import { loadConfig, type Config } from '../../server/config.ts'
import type { Database } from '../../server/database/pool.ts'
import { createHttp } from '../../server/http.ts'
import type { LiveLimits } from '../../server/live/live.ts'
import { createLog } from '../../server/log.ts'
import { createRoutes } from '../../server/routes.ts'

export type ServeOptions = {
  readonly config?: Partial<Config>
  readonly setUpToken?: string
  readonly liveLimits?: LiveLimits
}

export type Answer<T = unknown> = {
  readonly status: number
  /** What the procedure answered; undefined where tRPC or HTTP refused the request. */
  readonly value: T
  readonly body: string
  readonly cookie: string | undefined
}

export type CallOptions = {
  readonly cookie?: string | undefined
  readonly token?: string
  /** The address that the request comes from; each has tries of its own. */
  readonly from?: string
  readonly headers?: Readonly<Record<string, string>>
}

export type Served = {
  readonly app: FastifyInstance
  /** Every line of the log since the start, from `debug` up. */
  readonly logged: () => string
  query<T>(procedure: string, input?: unknown, options?: CallOptions): Promise<Answer<T>>
  mutate<T>(procedure: string, input?: unknown, options?: CallOptions): Promise<Answer<T>>
  /** Opens a real port. */
  listen(): Promise<string>
}

/** The whole HTTP application as `server/main.ts` builds it, without a built app. */
export async function serve(
  database: Database,
  { config = {}, setUpToken, liveLimits }: ServeOptions = {},
): Promise<Served> {
  const defaults = loadConfig({})
  if (!defaults.ok) throw new Error('The defaults are no configuration')
  const whole: Config = { ...defaults.value, ...config }
  let lines = ''
  const app = await createHttp({
    config: whole,
    log: createLog('debug', { write: (line) => void (lines += line) }),
    database,
    distDir: '/nowhere',
    routes: [
      createRoutes({
        config: whole,
        database,
        setUpToken: { current: setUpToken ?? null },
        ...(liveLimits && { liveLimits }),
      }),
    ],
  })
  const ask = async <T>(
    method: 'GET' | 'POST',
    procedure: string,
    input: unknown,
    options: CallOptions,
  ): Promise<Answer<T>> => {
    const { cookie, token, from = '10.0.0.1', headers = {} } = options
    const isQuery = method === 'GET' && input !== undefined
    const answer = await app.inject({
      method,
      url: `/trpc/${procedure}${isQuery ? `?input=${encodeURIComponent(JSON.stringify(input))}` : ''}`,
      remoteAddress: from,
      headers: {
        ...(method === 'POST' && { 'content-type': 'application/json' }),
        ...(cookie && { cookie: `evertill_session=${cookie}` }),
        ...(token && { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(method === 'POST' && { payload: JSON.stringify(input ?? null) }),
    })
    const parsed = answer.json<{ result?: { data: T } }>()
    return {
      status: answer.statusCode,
      value: parsed.result?.data as T,
      body: answer.body,
      cookie: answer.cookies.find(({ name }) => name === 'evertill_session')?.value,
    }
  }
  return {
    app,
    logged: () => lines,
    query: (procedure, input, options = {}) => ask('GET', procedure, input, options),
    mutate: (procedure, input, options = {}) => ask('POST', procedure, input, options),
    async listen() {
      await app.listen({ port: 0, host: '127.0.0.1' })
      return `127.0.0.1:${(app.addresses()[0] as AddressInfo).port}`
    },
  }
}

/** The value of an answer that must be a success. */
export function valueOf<T>(answer: Answer<Result<T>>): T {
  if (!answer.value?.ok) throw new Error(`${answer.status} ${answer.body}`)
  return answer.value.value
}

/** The stable code of a failure; 'ok' where there was none. */
export function codeOf(answer: Answer<Result<unknown>>): string {
  if (answer.value === undefined) throw new Error(`${answer.status} ${answer.body}`)
  return answer.value.ok ? 'ok' : answer.value.failure.code
}
