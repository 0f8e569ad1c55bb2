import type { Storage, TableName } from '../../../src/storage/tables.ts'
import type { MemoryStorage } from '../storage/memory-storage.ts'

/** As the product's own connection: where the browser has closed it by itself, the next transaction opens it again. */
export function reopeningStorage(
  open: () => MemoryStorage,
): Storage & { closeByItself(): void; abandon(): (readonly TableName[])[] } {
  let current = open()
  let isOpen = true
  const present = (): MemoryStorage => {
    if (!isOpen) current = open()
    isOpen = true
    return current
  }
  return {
    read: (tables, work) => present().read(tables, work),
    write: (tables, durability, work) => present().write(tables, durability, work),
    close: () => current.close(),
    closeByItself: () => {
      current.close()
      isOpen = false
    },
    abandon: () => current.abandon(),
  }
}
