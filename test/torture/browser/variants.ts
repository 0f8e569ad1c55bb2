/** Lines that run ahead of the worker's own code. All but `as-built` take a protection away. */
export const workerVariants = {
  'as-built': '',
  /** [C4] Every tab believes that it alone sends. */
  'no-lock': `navigator.locks.request = async (_name, _options, work) => work({ name: 'none' })`,
  /** [C1] Says that a sale is done when its writes were asked for, and not when they are complete. */
  'early-answer': `{
    const listen = IDBTransaction.prototype.addEventListener
    const commit = IDBTransaction.prototype.commit
    const waiting = new WeakMap()
    IDBTransaction.prototype.addEventListener = function (type, listener, ...more) {
      if (type === 'complete' && this.mode === 'readwrite') waiting.set(this, listener)
      else listen.call(this, type, listener, ...more)
    }
    IDBTransaction.prototype.commit = function () {
      const ended = waiting.get(this)
      if (this.objectStoreNames.contains('orders') && this.durability === 'strict') {
        // An app that writes to the disk a moment later.
        const until = performance.now() + 400
        const store = this.objectStore('meta')
        const hold = () => {
          if (performance.now() < until) store.get('none').onsuccess = hold
        }
        hold()
      } else commit.call(this)
      if (ended) queueMicrotask(() => ended(new Event('complete')))
    }
  }`,
} as const

export type WorkerVariant = keyof typeof workerVariants
