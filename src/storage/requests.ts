import type { Range } from './tables.ts'

/** What a request of the browser's database answers. */
export function answer<T>(request: IDBRequest): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result as T)
    request.onerror = () => reject(request.error ?? endedEarly())
  })
}

export function queryOf({ from, to }: Range): IDBKeyRange | null {
  if (from !== undefined && to !== undefined) return IDBKeyRange.bound(from, to)
  if (from !== undefined) return IDBKeyRange.lowerBound(from)
  return to === undefined ? null : IDBKeyRange.upperBound(to)
}

export function endedEarly(): Error {
  return new DOMException('The transaction ended before its work was done.', 'AbortError')
}
