import { failed } from '#domain/failure.ts'
import { receiptProof } from '#protocol/proof.ts'
import type { ApiClient } from '../transport/api-client.ts'
import { readReceiptCheck } from '../transport/answers.ts'
import { callForValue, unreachable } from '../transport/call.ts'
import type { DeviceApi } from './api.ts'

/** *Online, public.* Asks the server about what a receipt's QR code says: the whole address, or what stands behind its #. */
export function createReceiptCheck(api: ApiClient): Pick<DeviceApi, 'checkReceipt'> {
  return {
    checkReceipt: async (text) => {
      const proof = readProof(text)
      if (proof === null) return notAProof
      const answered = await callForValue(() => api.receipt.check.query(proof))
      if (!answered.ok) return answered
      const value = readReceiptCheck(answered.value)
      return value === null ? unreachable() : { ok: true, value }
    },
  }
}

const shape =
  /(?:^|#)1\.([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})\.(\d{1,15})\.([0-9a-f]{64})\.([\w-]+)$/

function readProof(text: string) {
  const found = shape.exec(text.trim())
  if (!found) return null
  const [, ...parts] = found
  const [seq, hash, signature] = parts.slice(5)
  const read = receiptProof.safeParse({
    installId: parts.slice(0, 5).join('-'),
    seq: Number(seq),
    hash,
    signature,
  })
  return read.success ? read.data : null
}

const notAProof = failed(
  'receipt/unreadable',
  'This is not the code of a receipt.',
  'Scan the code at the end of the receipt.',
)
