import type { Failure, Result } from '#domain/failure.ts'

/** The call may have failed before, during or after what it was to do: only looking tells. */
export const NOT_KNOWN: Failure = {
  code: 'device/deed-unknown',
  sentence: 'Something went wrong, and it isn’t known whether this was done.',
  mend: 'Look whether it was, then try again.',
  dataSafe: true,
}

/** For calls that change nothing. */
export const NOT_READ: Failure = {
  code: 'device/read-failed',
  sentence: 'This could not be read.',
  mend: 'Nothing is lost. Try again.',
  dataSafe: true,
}

/** A call to the device rejects only for a bug; whoever pressed a key is told even then. Never rejects. */
export async function answered<T>(
  call: () => Promise<Result<T>>,
  rejected: Failure = NOT_KNOWN,
): Promise<Result<T>> {
  try {
    return await call()
  } catch (error) {
    reportError(error)
    return { ok: false, failure: rejected }
  }
}
