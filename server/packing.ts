import { isUtf8 } from 'node:buffer'
import { promisify } from 'node:util'
import { deflateRaw, inflateRaw } from 'node:zlib'
import type { Packing } from './use-cases/ports.ts'

const deflating = promisify(deflateRaw)
const inflating = promisify(inflateRaw)

/** Twice as fast as the usual level, and a tenth larger. */
const level = 2

/** On the threads of zlib, so that other requests go on meanwhile. */
export const packing: Packing = {
  deflate: async (text) => (await deflating(text, { level })).toString('base64'),
  async inflate(packed, mostBytes) {
    try {
      const bytes = await inflating(Buffer.from(packed, 'base64'), { maxOutputLength: mostBytes })
      return isUtf8(bytes) ? bytes.toString() : null
    } catch {
      return null
    }
  },
}
