import * as z from 'zod/mini'

/** ECDSA P-256 public key as a JSON Web Key; the private half never leaves the device. */
export const publicKey = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string(),
  y: z.string(),
})

export const enrolRequest = z.object({
  code: z.string().check(z.minLength(8), z.maxLength(16)),
  installId: z.uuid(),
  publicKey,
  /** [C2] The receipt series that a device holds already: a server that was put back to before its enrolment admits it anew. */
  heldSeries: z.optional(z.nullable(z.int().check(z.positive()))),
})

/** What a register needs for its first sale, besides the first load. */
export const enrolAnswer = z.object({
  tenantId: z.string(),
  epoch: z.string(),
  kind: z.enum(['register', 'office']),
  storeId: z.nullable(z.string()),
  registerId: z.nullable(z.string()),
  /** Receipt numbers of this install are `series-1`, `series-2` …; leased once, never given out again. */
  receiptSeries: z.nullable(z.int()),
})

/** Device's token: proves the key by signing a nonce of the server; no clock of the device is involved. */
export const challengeAnswer = z.object({ nonce: z.string() })
export const tokenRequest = z.object({ installId: z.uuid(), nonce: z.string(), signature: z.string() })
export const tokenAnswer = z.object({ token: z.string() })

/** First message on the live socket. */
export const liveHello = z.object({ token: z.string() })
/** Sent to devices whenever the tenant's version has moved: pull now. */
export const livePoke = z.object({ v: z.int() })

export type PublicKey = z.infer<typeof publicKey>
export type EnrolRequest = z.infer<typeof enrolRequest>
export type EnrolAnswer = z.infer<typeof enrolAnswer>
export type LivePoke = z.infer<typeof livePoke>
