import pg from 'pg'

type Parse = (text: string) => unknown

const { builtins } = pg.types
const arrayOfInt8 = 1016
const arrayOfTimestamptz = 1185
const arrayOfDate = 1182

const parsers = new Map<number, Parse>([
  [builtins.INT8, parseInt8],
  [builtins.DATE, (text) => text],
  [builtins.TIMESTAMP, (text) => text],
  [builtins.TIMESTAMPTZ, parseTimestamptz],
  [arrayOfInt8, (text) => parseArray(text, parseInt8)],
  [arrayOfDate, (text) => parseArray(text, (item) => item)],
  [arrayOfTimestamptz, (text) => parseArray(text, parseTimestamptz)],
])

/**
 * How columns arrive: `bigint` (and `count(*)`) as a number, `numeric` as a string, `date` as 'YYYY-MM-DD',
 * `timestamptz` as an ISO string in UTC with milliseconds, `json` and `jsonb` parsed, the rest as node-postgres does.
 */
export const columnTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    (format !== 'binary' && parsers.get(oid)) ||
    (pg.types.getTypeParser as (id: number, format?: string) => Parse)(oid, format)) as never,
}

/** @throws RangeError beyond 2^53: a silently rounded amount of money would be worse. */
function parseInt8(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint ${text} does not fit into a number`)
  return value
}

/** The session speaks UTC, so the text is '2026-01-31 23:59:59.123456+00', or ±infinity, which stays as it is. */
function parseTimestamptz(text: string): string {
  if (text.endsWith('infinity')) return text
  return new Date(`${text.replace(' ', 'T').replace(/\+00$/, '')}Z`).toISOString()
}

function parseArray(text: string, parseItem: Parse): unknown[] {
  // 1009 is text[]: it takes the array's syntax apart and leaves the items as they are.
  const arrayOfText = 1009
  const items = (pg.types.getTypeParser as (id: number) => (text: string) => (string | null)[])(arrayOfText)(
    text,
  )
  return items.map((item) => (item === null ? null : parseItem(item)))
}
