import { failed, type Failure, type Result } from '#domain/failure.ts'
import { isOutOfSpace } from '../storage/room.ts'

/** [C5] A disk on which nothing can give way any more is the person's to mend. */
export async function unlessFull<T>(commit: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await commit()
  } catch (error) {
    if (!isOutOfSpace(error)) throw error
    return { ok: false, failure: storageFull }
  }
}

/** For what is only noted: on a full disk it stays away, and nothing else may fail for it. Answers whether it was written. */
export async function noteUnlessFull(write: Promise<unknown>): Promise<boolean> {
  try {
    await write
    return true
  } catch (error) {
    if (!isOutOfSpace(error)) throw error
    return false
  }
}

const storageFull: Failure = failed(
  'storage/full',
  'This device has no room left. This was not recorded.',
  'Free some space on the device, then try again.',
).failure
