import { fork } from 'node:child_process'
import { once } from 'node:events'

/** A server in a process of its own, as a shop's is: its work must not fall on the bench or on another's. */
export type ChildServer = {
  /** Origin of the page and of the routes. */
  readonly url: string
  /** Has it do one of the `Tasks` that it offers. */
  ask<T>(task: string, input: unknown): Promise<T>
  stop(): Promise<void>
}

/** By name: what the bench can ask of the server, off the clock. */
export type Tasks = Readonly<Record<string, (input: never) => unknown>>

type Ready = { readonly url: string }
type Asked = { readonly id: number; readonly task: string; readonly input: unknown }
type Answered = { readonly id: number; readonly value?: unknown; readonly problem?: string }

/** Node's own warnings, as of a module without types, are no news here. */
const quiet = ['--disable-warning=ExperimentalWarning', '--disable-warning=DeprecationWarning']

export async function startChildServer(script: URL): Promise<ChildServer> {
  // Detached: Ctrl+C is the bench's to hear, so that the server ends when it is told to, with all that it started.
  const child = fork(script, { execArgv: quiet, detached: true })
  const waiting = new Map<number, (answer: Answered) => void>()
  let lastId = 0
  const ended = once(child, 'exit').then(() => {
    for (const [id, settle] of waiting) settle({ id, problem: `The process of ${script.pathname} has ended` })
  })
  const ready = await Promise.race([once(child, 'message'), ended])
  if (!ready) throw new Error(`${script.pathname} did not start`)
  child.on('message', (answer: Answered) => {
    waiting.get(answer.id)?.(answer)
    waiting.delete(answer.id)
  })
  return {
    url: (ready[0] as Ready).url,
    ask: <T>(task: string, input: unknown) =>
      new Promise<T>((resolve, reject) => {
        const id = (lastId += 1)
        waiting.set(id, ({ value, problem }) =>
          problem === undefined ? resolve(value as T) : reject(new Error(`${task}: ${problem}`)),
        )
        if (child.connected) child.send({ id, task, input } satisfies Asked)
        else waiting.get(id)?.({ id, problem: 'The process has ended' })
      }),
    async stop() {
      if (child.connected) child.disconnect()
      await ended
    },
  }
}

/** The child's side: says where it listens and does what it is asked. `close` is called when the bench lets go of it or is gone. */
export function serveParent(url: string, tasks: Tasks, close: () => void): void {
  const answer = async ({ id, task, input }: Asked): Promise<Answered> => {
    try {
      return { id, value: await (tasks[task] as ((input: unknown) => unknown) | undefined)?.(input) }
    } catch (error) {
      return { id, problem: error instanceof Error ? (error.stack ?? error.message) : String(error) }
    }
  }
  process.on('message', (asked: Asked) => void answer(asked).then((answered) => process.send?.(answered)))
  process.once('disconnect', close)
  if (process.connected) process.send?.({ url } satisfies Ready)
  else close()
}
