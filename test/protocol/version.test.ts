import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { canonicalJson } from '#sync/canonical-json.ts'
import * as enrolment from '#protocol/enrolment.ts'
import * as facts from '#protocol/facts.ts'
import * as paidOrder from '#protocol/paid-order.ts'
import * as proof from '#protocol/proof.ts'
import * as pull from '#protocol/pull.ts'
import * as push from '#protocol/push.ts'
import { LEAST_PULL_PROTOCOL, PROTOCOL_VERSION } from '#protocol/version.ts'

/** What devices and servers of different releases say to each other. Imports come from a page of this release alone. */
const modules = { enrolment, facts, paidOrder, proof, pull, push }

/** Of the schemas that belong to each version. A version that was released keeps its line for ever. */
const hashOfVersion: Readonly<Record<number, string>> = {
  2: 'f6aeeb4c0f1b7735012f471cdb476d50866a6ef2dc5e647317845fe7ea52ba89',
}

function isSchema(value: unknown): value is z.core.$ZodType {
  return value instanceof Object && '_zod' in value
}

function hashOf(schemas: Readonly<Record<string, z.core.$ZodType>>): string {
  const shapes = Object.entries(schemas).map(([name, schema]) => [name, z.toJSONSchema(schema)] as const)
  return createHash('sha256')
    .update(canonicalJson(JSON.parse(JSON.stringify(Object.fromEntries(shapes)))))
    .digest('hex')
}

const schemas = Object.fromEntries(
  Object.entries(modules).flatMap(([file, exported]) =>
    Object.entries(exported)
      .filter((entry): entry is [string, z.core.$ZodType] => isSchema(entry[1]))
      .map(([name, schema]) => [`${file}.${name}`, schema]),
  ),
)

describe('PROTOCOL_VERSION', () => {
  test('is raised whenever a shape on the wire changes', () => {
    const mend =
      'A wire shape has changed. Raise PROTOCOL_VERSION, add its hash here, and add a journal of the last release to test/fixtures/journals.'
    expect(hashOf(schemas), mend).toBe(hashOfVersion[PROTOCOL_VERSION])
  })

  test('[P7] reading may ask for a newer version, never for one that does not exist yet', () => {
    expect(LEAST_PULL_PROTOCOL).toBeLessThanOrEqual(PROTOCOL_VERSION)
  })

  test('a change as small as one optional field is noticed', () => {
    const changed = { ...schemas, 'push.pushAnswer': z.object({ isNew: z.optional(z.boolean()) }) }
    expect(hashOf(changed)).not.toBe(hashOf(schemas))
    expect(Object.keys(schemas).length).toBeGreaterThan(15)
  })
})
