import * as z from 'zod/mini'

/** Bounds of one batch: what a server takes in one transaction without holding others up. */
export const MOST_OPERATIONS_A_BATCH = 500

const hex256 = z.string().check(z.regex(/^[0-9a-f]{64}$/))

const wireOperation = z.object({
  opId: z.uuid(),
  seq: z.int().check(z.positive()),
  kind: z.string().check(z.maxLength(64)),
  kindVersion: z.int().check(z.positive()),
  actorId: z.nullable(z.string().check(z.maxLength(64))),
  occurredAt: z.int(),
  payload: z.string(),
  hash: hex256,
  chain: hex256,
})

/** [P1] A run of consecutive operations of one install; `signature` covers its last chain value. */
export const pushRequest = z.object({
  protocol: z.int(),
  installId: z.uuid(),
  operations: z.array(wireOperation).check(z.minLength(1), z.maxLength(MOST_OPERATIONS_A_BATCH)),
  /** Base64url of r‖s over the UTF-8 bytes of `evertill-push:` and the last operation's chain. */
  signature: z.string().check(z.maxLength(128)),
})

const operationFlag = z.enum([
  'unknown-product',
  'dismissed-staff',
  'price-not-on-list',
  'totals-differ',
  'payments-differ',
  'revoked-install',
  'duplicate-order',
  'duplicate-receipt-number',
])

const operationResult = z.object({
  seq: z.int(),
  status: z.enum(['applied', 'parked']),
  flags: z.array(operationFlag),
})

/** [P2] */
export const pushAnswer = z.discriminatedUnion('status', [
  z.object({ status: z.literal('accepted'), ackedSeq: z.int(), results: z.array(operationResult) }),
  z.object({ status: z.literal('gap'), expectedSeq: z.int() }),
  z.object({ status: z.literal('fork'), atSeq: z.int() }),
])

export type PushRequest = z.infer<typeof pushRequest>
export type PushAnswer = z.infer<typeof pushAnswer>
