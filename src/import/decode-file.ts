import { failed, success } from '#domain/failure.ts'
import type { Result } from '#domain/failure.ts'
import { gunzipBounded } from './gunzip-bounded.ts'

/** About two million sales lines; a tablet still has the memory for its text. */
const mostFileBytes = 256 * 1024 * 1024

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

export type DecodedFile = {
  readonly text: string
  readonly encoding: TextEncoding
  readonly wasGzip: boolean
}

/**
 * The text of an export: gzip by its magic bytes, then a byte order mark, then UTF-8 if it is valid, else Windows-1252.
 * `mostBytes` bounds the file as given and as unpacked.
 */
export function decodeFile(file: Uint8Array, name: string, mostBytes = mostFileBytes): Result<DecodedFile> {
  if (file.length > mostBytes) return tooLarge(name, mostBytes)
  const wasGzip = file[0] === 0x1f && file[1] === 0x8b
  let bytes = file
  if (wasGzip) {
    const outcome = gunzipBounded(file, mostBytes)
    if (outcome.kind === 'too-large') return tooLarge(name, mostBytes)
    if (outcome.kind === 'damaged')
      return failed(
        'import/file-damaged',
        `${name} is a packed file, but it is damaged or not complete.`,
        'Download the export again and choose the new file.',
      )
    bytes = outcome.bytes
  }
  if (bytes.length === 0)
    return failed('import/file-empty', `${name} is empty.`, 'Choose the file with the exported sales.')
  const encoding = encodingOf(bytes)
  const isWide = encoding === 'utf-16le' || encoding === 'utf-16be'
  if (isWorkbook(bytes) || (!isWide && bytes.includes(0)))
    return failed(
      'import/file-not-text',
      `${name} is not a text file with rows and columns.`,
      'Export or save the sales as CSV and choose that file. A spreadsheet program can do so with “Save as”.',
    )
  return success({ text: new TextDecoder(encoding).decode(bytes), encoding, wasGzip })
}

function encodingOf(bytes: Uint8Array): TextEncoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return 'utf-8'
  } catch {
    return 'windows-1252'
  }
}

/** Zip archives (and with them .xlsx and .ods) begin with `PK␃␄`. */
function isWorkbook(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03 && bytes[3] === 0x04
}

function tooLarge(name: string, mostBytes: number) {
  return failed(
    'import/file-too-large',
    `${name} holds more than ${Math.floor(mostBytes / (1024 * 1024))} MB.`,
    'Export a shorter time, such as one year at a time, and import the files one after another.',
  )
}
