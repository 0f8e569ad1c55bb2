import { publicKey } from './enrolment.ts'
import { pushRequest } from './push.ts'
import * as z from 'zod/mini'

const hex256 = z.string().check(z.regex(/^[0-9a-f]{64}$/))

/** What a receipt's QR code says; the signature (base64url r‖s) covers the UTF-8 bytes of `evertill-receipt:` and `hash`. */
export const receiptProof = z.object({
  installId: z.uuid(),
  seq: z.int().check(z.positive()),
  hash: hex256,
  signature: z.string().check(z.maxLength(128)),
})

/**
 * `held`: the journal here has this operation at this place, with this hash. `awaited`: signed by a device of ours, and
 * its journal has not come that far. `differs`: another operation stands at this place. `unknown`: no device of ours.
 * The rest is of this receipt alone, and null unless `held`.
 */
export const receiptCheck = z.object({
  status: z.enum(['held', 'awaited', 'differs', 'unknown']),
  isSigned: z.boolean(),
  receiptNumber: z.nullable(z.string()),
  businessName: z.nullable(z.string()),
  occurredAt: z.nullable(z.int()),
  recordedAt: z.nullable(z.int()),
  totalMinor: z.nullable(z.int()),
  currency: z.nullable(z.object({ code: z.string(), exponent: z.int() })),
})

/** A device's journal as it leaves the device: batches, each signed as it is pushed, so that any other device may hand them over. */
export const journalFile = z.object({
  format: z.literal('evertill-journal'),
  version: z.literal(1),
  installId: z.uuid(),
  publicKey,
  businessName: z.string(),
  registerName: z.string(),
  exportedAt: z.int(),
  batches: z.array(pushRequest),
})

/** [P2] After a fork: a new identity with the rights of the old, signed by the old key over `evertill-rejoin:<newInstallId>:<x>.<y>`. */
export const rejoinRequest = z.object({
  installId: z.uuid(),
  newInstallId: z.uuid(),
  publicKey,
  signature: z.string().check(z.maxLength(128)),
})

export type ReceiptProof = z.infer<typeof receiptProof>
export type ReceiptCheck = z.infer<typeof receiptCheck>
export type JournalFile = z.infer<typeof journalFile>
export type RejoinRequest = z.infer<typeof rejoinRequest>
