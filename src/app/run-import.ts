import { proxy } from 'comlink'
import type { Result } from '#domain/failure.ts'
import type { ImportOutcome } from '../worker/api-office.ts'
import { device } from './device.ts'

/** Sends what was read last; `progress` hears rows done and rows in all, across the worker's border. */
export function runImport(progress: (done: number, total: number) => void): Promise<Result<ImportOutcome>> {
  return device.runImport(proxy(progress))
}
