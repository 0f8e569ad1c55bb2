import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'csv-parse/sync'

/**
 * A file of the real sample exports that tests compare with. They are not part of the project: they lie beside it, or where
 * EVERTILL_SHARED_DATA points. Throws when they are missing: a comparison with reality is never skipped.
 */
export function sharedData(name: string): Buffer {
  const folder =
    process.env['EVERTILL_SHARED_DATA'] ?? fileURLToPath(new URL('../../shared/data/', import.meta.url))
  const path = join(folder, name)
  if (!existsSync(path))
    throw new Error(
      `This test compares with the sample data, and ${name} is not in ${folder}. ` +
        'Put the sample data folder beside the project as ../shared/data, or set EVERTILL_SHARED_DATA to where it is.',
    )
  return readFileSync(path)
}

/** The rows of a comma separated file with a heading row. */
export function sharedRows(name: string): Record<string, string>[] {
  return parse(sharedData(name), { columns: true, bom: true })
}

/** What is independently known of a file: amounts in minor units, quantities, days. */
export function sharedTruth(name: string): Record<string, unknown> {
  const truth = JSON.parse(sharedData('truth.json').toString('utf8')) as Record<
    string,
    Record<string, unknown>
  >
  const ofFile = truth[name]
  if (ofFile === undefined) throw new Error(`truth.json says nothing of ${name}`)
  return ofFile
}
