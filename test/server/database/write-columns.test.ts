import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  bigintColumn,
  integerColumn,
  textColumn,
  timeColumn,
  UnstorableValue,
  uuidColumn,
} from '../../../server/database/write-columns.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'

let on: TestDatabase
beforeAll(async () => {
  on = await createTestDatabase({ isEmpty: true })
})
afterAll(() => on.drop())

const id = randomUUID()
const columns: readonly [type: string, column: (values: never[]) => Buffer, values: readonly unknown[]][] = [
  ['uuid', uuidColumn, [id, null, id.toUpperCase()]],
  ['int', integerColumn, [0, -1, 2 ** 31 - 1, -(2 ** 31), null]],
  [
    'bigint',
    bigintColumn,
    [0, -0, 1, -1, 2 ** 32, -(2 ** 32) - 1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER],
  ],
  ['text', textColumn, ['', 'plain', null, 'Zoë “☕️” \\ " { } , NULL', '\n', 'null']],
  ['timestamptz', timeColumn, [0, Date.UTC(2026, 10, 21, 3, 54, 1, 7), Date.UTC(1969, 0), null]],
]

describe('a column of values', () => {
  test.each(columns)('of type %s arrives as it was, in its order', async (type, column, values) => {
    const rows = await on.database.asSystem((tx) =>
      tx.query<{ value: unknown }>(
        `select value from unnest($1::${type}[]) with ordinality as given (value, at) order by at`,
        [column(values as never[])],
      ),
    )
    const read = rows.map(({ value }) =>
      type === 'timestamptz' && value !== null ? Date.parse(value as string) : value,
    )
    expect(read).toEqual(values.map((value) => (type === 'uuid' ? value && id : value === 0 ? 0 : value)))
  })

  test.each(columns)('of type %s may be empty, or nothing but nulls', async (type, column) => {
    const [row] = await on.database.asSystem((tx) =>
      tx.query(
        `select cardinality($1::${type}[]) as none, array_to_string($2::${type}[], ',', '-') as nulls`,
        [column([]), column([null, null] as never[])],
      ),
    )
    expect(row).toEqual({ none: 0, nulls: '-,-' })
  })

  test.each<[string, () => Buffer, string]>([
    ['a half id', () => uuidColumn(['0b1f6a52-1f0e']), '22P02'],
    ['an id with other letters', () => uuidColumn(['zb1f6a52-1f0e-4c5e-9d55-4d8f5e1a7c44']), '22P02'],
    ['an id with a dash elsewhere', () => uuidColumn(['0b1f6a521-f0e-4c5e-9d55-4d8f5e1a7c44']), '22P02'],
    ['too large an integer', () => integerColumn([2 ** 31]), '22003'],
    ['half a unit', () => bigintColumn([0.5]), '22003'],
    ['an amount that JavaScript rounds', () => bigintColumn([2 ** 53]), '22003'],
    ['no number', () => bigintColumn([Number.NaN]), '22003'],
    ['a time beyond its calendar', () => timeColumn([2 ** 53]), '22003'],
  ])('refuses %s, as PostgreSQL would', (_, make, code) => {
    expect(make).toThrow(UnstorableValue)
    expect(make).toThrow(expect.objectContaining({ code }) as Error)
  })
})
