import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/**
 * Ids for rows without a transaction id: of the row's content and its place among rows with equal content, so that a
 * second import of the same file, or of the same rows in another order, gives the same ids.
 */
export class ContentIds {
  readonly #times = new Map<string, number>()

  next(cells: readonly string[]): string {
    const digest = bytesToHex(sha256(utf8ToBytes(cells.join('\u001f')))).slice(0, 32)
    const times = (this.#times.get(digest) ?? 0) + 1
    this.#times.set(digest, times)
    return `row-${digest}-${times}`
  }
}
