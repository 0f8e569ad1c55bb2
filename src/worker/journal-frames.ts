import { failed, type Result, success } from '#domain/failure.ts'
import { sha256Hex } from '#sync/journal.ts'

/** A QR code of this many characters is still read off a scratched screen. */
const MOST_CHARACTERS = 640

/** `evertill1 <id> <place> <of> <checksum> <piece>`; the id is that of the whole text. */
const shape = /^evertill1 ([0-9a-f]{12}) (\d{1,5}) (\d{1,5}) ([0-9a-f]{8}) (\S+)$/

/** Cuts a text (base64) into pieces for a row of QR codes, which may be read in any sequence, and twice. */
export function toFrames(packed: string): string[] {
  const id = sha256Hex(packed).slice(0, 12)
  const count = Math.ceil(packed.length / MOST_CHARACTERS)
  return Array.from({ length: count }, (_, index) => {
    const piece = packed.slice(index * MOST_CHARACTERS, (index + 1) * MOST_CHARACTERS)
    return `evertill1 ${id} ${index + 1} ${count} ${checksumOf(id, index + 1, piece)} ${piece}`
  })
}

export function isFrame(line: string): boolean {
  return shape.test(line)
}

/**
 * The text that frames were cut from. Failures: `journal/frames-mixed` (of several texts), `journal/frames-missing` (names
 * them), `journal/frames-damaged`.
 */
export function fromFrames(lines: readonly string[]): Result<string> {
  const pieces = new Map<number, string>()
  let whole: { readonly id: string; readonly count: number } | null = null
  for (const line of lines) {
    const [, id = '', place = '', of = '', checksum, piece = ''] = shape.exec(line) ?? []
    if (checksum !== checksumOf(id, Number(place), piece)) return damaged
    whole ??= { id, count: Number(of) }
    if (whole.id !== id || whole.count !== Number(of)) return mixed
    pieces.set(Number(place), piece)
  }
  if (whole === null) return damaged
  const places = Array.from({ length: whole.count }, (_, index) => index + 1)
  const missing = places.filter((place) => !pieces.has(place))
  if (missing.length > 0) return missingOf(missing, whole.count)
  const packed = places.map((place) => pieces.get(place)).join('')
  return sha256Hex(packed).startsWith(whole.id) ? success(packed) : damaged
}

function checksumOf(id: string, place: number, piece: string): string {
  return sha256Hex(`${id} ${place} ${piece}`).slice(0, 8)
}

const MOST_NAMED = 8

function missingOf(places: readonly number[], count: number) {
  const named = places.slice(0, MOST_NAMED).join(', ')
  const more = places.length > MOST_NAMED ? ' …' : ''
  return failed(
    'journal/frames-missing',
    `${places.length} of ${count} codes are missing: ${named}${more}`,
    'Show those codes again and scan them.',
  )
}

const mixed = failed(
  'journal/frames-mixed',
  'These codes belong to two journals.',
  'Scan those of one device only.',
)

const damaged = failed('journal/frames-damaged', 'A code was not read right.', 'Scan it again.')
