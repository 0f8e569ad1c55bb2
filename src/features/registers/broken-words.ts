import type { JournalProof } from '#protocol/devices.ts'
import { formatNumber } from '../../ui/format.ts'

/** What is wrong with a journal, for the owner. */
export function brokenWords({ seq, reason }: NonNullable<JournalProof['broken']>, locale: string): string {
  const place = formatNumber(seq, locale)
  switch (reason) {
    case 'gap':
      return `Operation ${place} is missing.`
    case 'hash':
      return `Operation ${place} was changed after its device wrote it.`
    case 'chain':
      return `Operation ${place} does not follow the one before it.`
    case 'signature':
      return `The signature at operation ${place} is not that of the device.`
    case 'head':
      return `The journal ends before operation ${place}, which had arrived.`
  }
}
