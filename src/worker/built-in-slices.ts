import { inSlices, type Turns, type Steps } from './in-slices.ts'

type Change<Part> = (part: Part) => void

export type BuiltInSlices<Part> = {
  built(): Promise<Part>
  /** Builds it, unless it is over before that and nobody has asked for it. */
  prepare(isOver: () => boolean): Promise<void>
  /** At once where it is built; while it is being built, in its turn at the end. What is not begun will start from what is there then. */
  change(change: Change<Part>): void
}

/** A part that takes long to build, made a slice at a time when it is first asked for. What changes meanwhile is not lost. */
export function builtInSlices<Part>(start: () => Steps<Part>, turns?: Turns): BuiltInSlices<Part> {
  let part: Part | null = null
  let building: Promise<Part | null> | null = null
  let meanwhile: Change<Part>[] = []
  let isAsked = false

  function* build(steps: Steps<Part>): Steps<Part> {
    const built = yield* steps
    for (const change of meanwhile) {
      change(built)
      yield
    }
    // From here on without a pause: what comes next finds it built.
    meanwhile = []
    return (part = built)
  }
  const work = async (steps: Steps<Part>, isOver: () => boolean): Promise<Part | null> => {
    // Begun in a moment: by the first pause it has to be known that it is being built.
    await Promise.resolve()
    try {
      return await inSlices(steps, turns, () => !isAsked && isOver())
    } finally {
      if (!part) {
        building = null
        meanwhile = []
      }
    }
  }
  const begin = (isOver: () => boolean): Promise<Part | null> => (building ??= work(build(start()), isOver))

  return {
    async built() {
      isAsked = true
      for (;;) {
        const built = part ?? (await begin(() => false))
        // Else it was over just before it was asked for.
        if (built) return built
      }
    },
    async prepare(isOver) {
      await begin(isOver)
    },
    change(change) {
      if (part) change(part)
      else if (building) meanwhile.push(change)
    },
  }
}
