/**
 * Does what needs none of the others' answers. The statements of all are sent one behind the other, in the sequence of the
 * works, and all have ended when this does, also when one has failed: whoever rolls back afterwards rolls all of it back. Throws
 * what went wrong first, not what PostgreSQL refused only because of that.
 */
export async function together<Works extends readonly (() => Promise<unknown>)[]>(
  ...works: Works
): Promise<{ -readonly [Place in keyof Works]: Awaited<ReturnType<Works[Place]>> }> {
  const ended = await Promise.allSettled(works.map((work) => work()))
  const failures = ended.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []))
  if (failures.length > 0) throw failures.find((failure) => !isRefusedForIt(failure)) ?? failures[0]
  return ended.map((each) => (each as PromiseFulfilledResult<unknown>).value) as never
}

/** 25P02: a statement before it in the transaction has failed. */
function isRefusedForIt(failure: unknown): boolean {
  return (failure as { code?: unknown }).code === '25P02'
}
