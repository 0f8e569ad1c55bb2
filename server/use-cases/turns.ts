export type Turn = {
  /** Resolves when all who entered before have left. */
  readonly comes: Promise<void>
  leave(): void
}

export type Turns = {
  /** At the end of the line of that key. */
  enter(key: string): Turn
}

/** Lines of those who wait for each other, one for each key, in the sequence in which they came. */
export function createTurns(): Turns {
  const lasts = new Map<string, Promise<void>>()
  return {
    enter(key) {
      const comes = lasts.get(key) ?? Promise.resolve()
      let leave = (): void => undefined
      const left = new Promise<void>((resolve) => (leave = resolve))
      const isOver = comes.then(() => left)
      lasts.set(key, isOver)
      return {
        comes,
        leave: () => {
          leave()
          void isOver.then(() => {
            if (lasts.get(key) === isOver) lasts.delete(key)
          })
        },
      }
    },
  }
}
