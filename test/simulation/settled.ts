import type { World } from './world.ts'

/** Lets the run go on until something that was begun outside of it has come to its end. */
export async function settled<T>(world: World, work: Promise<T>): Promise<T> {
  let isOver = false
  const over = (): void => {
    isOver = true
  }
  work.then(over, over)
  while (!isOver) {
    await world.scheduler.runSteps(1_000)
    await new Promise((resolve) => void setImmediate(resolve))
  }
  return work
}
