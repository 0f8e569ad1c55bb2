import type { Storage, WriteTransaction } from '../../src/storage/tables.ts'

/** The same storage, whose n-th writing call fails its transaction; `writes` counts the calls of the last one. */
export function failAtWrite(storage: Storage, failAt: number): Storage & { readonly writes: () => number } {
  let writes = 0
  const watched = (tx: WriteTransaction): WriteTransaction => {
    const count = <Args extends [never, ...never[]]>(write: (...args: Args) => void) =>
      ((...args: Args) => {
        write(...args)
        writes += 1
        // A key that is taken: what a bug or a second writer would do.
        if (writes === failAt) tx.add('meta', [{ key: 'journal', value: null }])
      }) as typeof write
    return {
      ...tx,
      put: count(tx.put as never) as never,
      add: count(tx.add as never) as never,
      delete: count(tx.delete as never) as never,
      clear: count(tx.clear as never) as never,
    }
  }
  return {
    ...storage,
    write: (tables, durability, work) => {
      writes = 0
      return storage.write(tables, durability, (tx) => work(watched(tx)))
    },
    writes: () => writes,
  }
}
