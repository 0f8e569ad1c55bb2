import { uuidV7 } from '#domain/id.ts'

/** An id made on this device; ids of one device sort by time. */
export function newId(): string {
  return uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(16)))
}
