import type { JournalProof } from '#protocol/devices.ts'

/** What is wrong with a journal, for the owner. */
export function brokenWords({ seq, reason }: NonNullable<JournalProof['broken']>): string {
  switch (reason) {
    case 'gap':
      return `Operation ${seq} is missing.`
    case 'hash':
      return `Operation ${seq} was changed after its device wrote it.`
    case 'chain':
      return `Operation ${seq} does not follow the one before it.`
    case 'signature':
      return `The signature at operation ${seq} is not that of the device.`
    case 'head':
      return `The journal ends before operation ${seq}, which had arrived.`
  }
}
