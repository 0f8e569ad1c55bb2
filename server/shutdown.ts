import type { Log } from './log.ts'

export type ShutdownStep = { readonly name: string; readonly run: () => Promise<unknown> }

/** `npm start` passes Ctrl+C on to a process that the terminal has told already; that echo is not a second wish. */
const echoWithinMs = 1_000
const withinMs = 20_000

/**
 * On SIGTERM or SIGINT runs the steps in order, each also when one before it failed, and exits: 0, or 1 when something
 * failed or took longer than 20 s. A second signal exits at once.
 */
export function shutDownOnSignal(steps: readonly ShutdownStep[], log: Log): void {
  let firstAt: number | undefined
  const onSignal = (signal: NodeJS.Signals): void => {
    const now = performance.now()
    if (firstAt !== undefined) {
      if (now - firstAt > echoWithinMs) process.exit(1)
      return
    }
    firstAt = now
    log.info({ signal }, 'shutting down')
    setTimeout(() => {
      log.error('shutting down took too long')
      process.exit(1)
    }, withinMs).unref()
    void runAll(steps, log).then((isClean) => process.exit(isClean ? 0 : 1))
  }
  process.on('SIGTERM', onSignal)
  process.on('SIGINT', onSignal)
}

async function runAll(steps: readonly ShutdownStep[], log: Log): Promise<boolean> {
  let isClean = true
  for (const { name, run } of steps) {
    try {
      await run()
    } catch (error) {
      isClean = false
      log.error({ err: error, step: name }, 'a step of shutting down failed')
    }
  }
  return isClean
}
