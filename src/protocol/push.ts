import * as z from 'zod/mini'

/** Bounds of one batch: what a server takes in one transaction without holding others up. */
export const MOST_OPERATIONS_A_BATCH = 500

const ofBatch = <T extends z.ZodMiniType>(item: T) =>
  z.array(item).check(z.minLength(1), z.maxLength(MOST_OPERATIONS_A_BATCH))

const hex256 = z.string().check(z.regex(/^[0-9a-f]{64}$/))

/**
 * [P1] A run of consecutive operations of one install, in columns: the n-th entries belong together. Hashes and chains
 * do not travel: they follow from `previousChain` and what does, and must end in `chain`, which the signature covers.
 */
export const pushRequest = z.object({
  protocol: z.int(),
  installId: z.uuid(),
  appVersion: z.string().check(z.maxLength(40)),
  /** Where the device's journal ends, what is unsent included. */
  journalSeq: z.int().check(z.nonnegative()),
  firstSeq: z.int().check(z.positive()),
  previousChain: hex256,
  opIds: ofBatch(z.uuid()),
  kinds: ofBatch(z.string().check(z.maxLength(64))),
  kindVersions: ofBatch(z.int().check(z.positive())),
  actorIds: ofBatch(z.nullable(z.string().check(z.maxLength(64)))),
  occurredAts: ofBatch(z.int()),
  /** The payloads, joined by line feeds (canonical JSON has none), deflated (raw, RFC 1951), as base64. */
  payloads: z.string(),
  chain: hex256,
  /** Base64url of r‖s over the UTF-8 bytes of `evertill-push:` and `chain`. */
  signature: z.string().check(z.maxLength(128)),
})

/** [P7] What release 0.1 sends: old tabs must be able to hand over their sales. */
export const pushRequestV1 = z.object({
  protocol: z.literal(1),
  installId: z.uuid(),
  operations: z
    .array(
      z.object({
        opId: z.uuid(),
        seq: z.int().check(z.positive()),
        kind: z.string().check(z.maxLength(64)),
        kindVersion: z.int().check(z.positive()),
        actorId: z.nullable(z.string().check(z.maxLength(64))),
        occurredAt: z.int(),
        payload: z.string(),
        hash: hex256,
        chain: hex256,
      }),
    )
    .check(z.minLength(1), z.maxLength(MOST_OPERATIONS_A_BATCH)),
  signature: z.string().check(z.maxLength(128)),
})

const operationResult = z.object({
  seq: z.int(),
  status: z.enum(['applied', 'parked']),
  /** An `OperationFlag`, or one that only a newer server knows. */
  flags: z.array(z.string()),
})

/** [P2] */
export const pushAnswer = z.discriminatedUnion('status', [
  z.object({ status: z.literal('accepted'), ackedSeq: z.int(), results: z.array(operationResult) }),
  z.object({ status: z.literal('gap'), expectedSeq: z.int() }),
  z.object({ status: z.literal('fork'), atSeq: z.int() }),
])

export type PushRequest = z.infer<typeof pushRequest>
export type PushRequestV1 = z.infer<typeof pushRequestV1>
export type PushAnswer = z.infer<typeof pushAnswer>
