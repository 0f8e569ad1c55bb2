import { useId, useState } from 'react'
import type { Failure, Result } from '#domain/failure.ts'
import { FieldNote } from '../ui/field.tsx'
import { answered } from './deed.ts'

export type Deed = {
  readonly isBusy: boolean
  /** Of the last try, until the next one begins. */
  readonly failure: Failure | null
  /** Busy until there is an answer, whatever it is. `rejected` is what is said where the call itself failed. Never rejects. */
  run<T>(call: () => Promise<Result<T>>, rejected?: Failure): Promise<Result<T>>
}

/** What a key of a dialog or pane does on the device. */
export function useDeed(): Deed {
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  return {
    isBusy,
    failure,
    run: async (call, rejected) => {
      setBusy(true)
      setFailure(null)
      const done = await answered(call, rejected)
      setBusy(false)
      if (!done.ok) setFailure(done.failure)
      return done
    },
  }
}

/** Below the key: why it did not do it. */
export function DeedNote({ failure }: Pick<Deed, 'failure'>) {
  const id = useId()
  return failure && <FieldNote id={id} error={`${failure.sentence} ${failure.mend}`} />
}
