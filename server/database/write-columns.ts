/*
 * Columns of many rows as PostgreSQL's binary arrays (`array_recv`), for `unnest($1::uuid[], …)`: half a thousand orders
 * as text would be escaped, sent and parsed at several times the cost. All of them take null for SQL's NULL.
 */

/** The tenant of the transaction, read once for all rows of a statement; a column's default is read for each. */
export const ofThisTenant = `(select current_setting('app.tenant')::uuid)`
/** [S1] The tenant and the version of the transaction. */
export const ofThisTransaction = `${ofThisTenant}, (select current_version())`

const oids = { integer: 23, bigint: 20, text: 25, timestamptz: 1184, uuid: 2950 }

/** What no column can hold; `code` is the SQLSTATE that PostgreSQL would answer. */
export class UnstorableValue extends Error {
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

export function uuidColumn(values: readonly (string | null)[]): Buffer {
  return fixedColumn(oids.uuid, 16, values, writeUuid)
}

const noDigit = 0xff
/** The value of a hexadecimal digit by its character code. */
const digitOf = Uint8Array.from({ length: 128 }, (_, code) => {
  const digit = Number.parseInt(String.fromCharCode(code), 16)
  return Number.isNaN(digit) ? noDigit : digit
})

/** By hand: a batch of five hundred orders has ten thousand of them, and Node's own reader wants them without dashes. */
function writeUuid(buffer: Buffer, value: string, at: number): void {
  let seen = value.length === 36 ? 0 : noDigit
  let from = 0
  for (let to = at; to < at + 16; to += 1) {
    if ((from === 8 || from === 13 || from === 18 || from === 23) && value[from] === '-') from += 1
    const high = digitOf[value.charCodeAt(from)] ?? noDigit
    const low = digitOf[value.charCodeAt(from + 1)] ?? noDigit
    seen |= high | low
    buffer[to] = (high << 4) | low
    from += 2
  }
  if (seen > 0xf) throw new UnstorableValue('22P02', 'Not a UUID')
}

export function integerColumn(values: readonly (number | null)[]): Buffer {
  return fixedColumn(oids.integer, 4, values, (buffer, value, at) => {
    if (value !== (value | 0)) throw new UnstorableValue('22003', `${value} is no integer of 32 bits`)
    buffer.writeInt32BE(value, at)
  })
}

/** Refuses what JavaScript itself can't hold exactly: a silently rounded amount of money would be worse. */
export function bigintColumn(values: readonly (number | null)[]): Buffer {
  return fixedColumn(oids.bigint, 8, values, writeBigint)
}

/** Of ms since 1970. */
export function timeColumn(values: readonly (number | null)[]): Buffer {
  return fixedColumn(oids.timestamptz, 8, values, (buffer, value, at) =>
    // PostgreSQL counts microseconds since 2000.
    writeBigint(buffer, (value - Date.UTC(2000, 0)) * 1000, at),
  )
}

export function textColumn(values: readonly (string | null)[]): Buffer {
  const lengths = values.map((value) => (value === null ? noValue : Buffer.byteLength(value)))
  const buffer = startColumn(oids.text, values, headBytes + lengths.reduce(addLength, 0))
  let at = headBytes
  for (const [index, value] of values.entries()) {
    buffer.writeInt32BE(lengths[index]!, at)
    at += 4
    if (value !== null) at += buffer.write(value, at, 'utf8')
  }
  return finished(buffer, values)
}

function addLength(sum: number, length: number): number {
  return sum + 4 + Math.max(length, 0)
}

/** Dimensions, whether there are nulls, the type; then the length and lower bound of the one dimension. */
const headBytes = 20
const emptyHeadBytes = 12
const noValue = -1

function startColumn(oid: number, values: readonly unknown[], bytes: number): Buffer {
  const buffer = Buffer.allocUnsafe(bytes)
  buffer.writeInt32BE(values.length === 0 ? 0 : 1, 0)
  buffer.writeInt32BE(values.includes(null) ? 1 : 0, 4)
  buffer.writeInt32BE(oid, 8)
  buffer.writeInt32BE(values.length, 12)
  buffer.writeInt32BE(1, 16)
  return buffer
}

function fixedColumn<T>(
  oid: number,
  width: number,
  values: readonly (T | null)[],
  write: (buffer: Buffer, value: T, at: number) => void,
): Buffer {
  const buffer = startColumn(oid, values, headBytes + values.length * (4 + width))
  let at = headBytes
  for (const value of values) {
    buffer.writeInt32BE(value === null ? noValue : width, at)
    at += 4
    if (value === null) continue
    write(buffer, value, at)
    at += width
  }
  return finished(buffer.subarray(0, at), values)
}

/** An array without elements has no dimension. */
function finished(buffer: Buffer, values: readonly unknown[]): Buffer {
  return values.length === 0 ? buffer.subarray(0, emptyHeadBytes) : buffer
}

function writeBigint(buffer: Buffer, value: number, at: number): void {
  if (!Number.isSafeInteger(value)) throw new UnstorableValue('22003', `${value} is no exact integer`)
  buffer.writeInt32BE(Math.floor(value / 2 ** 32), at)
  buffer.writeUInt32BE(value >>> 0, at + 4)
}
