/** Work that can rest after each of its steps, which take far less than a millisecond. */
export type Steps<T> = Generator<undefined, T, undefined>

export type Turns = {
  /** How long a slice of work is. */
  readonly sliceMs: number
  /** Lets others have their turn. */
  readonly pause: () => Promise<void>
}

/** Half of what a call may be held up for: the last step, and making room in memory, come on top. */
const shortTurns: Turns = { sliceMs: 4, pause: othersTurn }

/** Does the work a slice at a time, with a pause between. Null where it was over in between. */
export async function inSlices<T>(
  steps: Steps<T>,
  { sliceMs, pause }: Turns = shortTurns,
  isOver: () => boolean = () => false,
): Promise<T | null> {
  while (!isOver()) {
    const until = performance.now() + sliceMs
    do {
      const { done, value } = steps.next()
      if (done) return value
    } while (performance.now() < until)
    await pause()
  }
  return null
}

/**
 * Calls and answers of the database that came meanwhile go first. A message, as timers wait 4 ms after the first few, and
 * `scheduler.yield` goes on before what others wait for.
 */
function othersTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })
}
