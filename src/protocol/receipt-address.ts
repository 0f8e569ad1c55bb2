import { type ReceiptProof, receiptProof } from './proof.ts'

/**
 * What a receipt's QR code says: the address of the page that checks it. The proof stands behind the #, so that it is in no
 * server's log: version, installId without hyphens, place in the journal, hash, signature.
 */
export function receiptAddress(origin: string, { installId, seq, hash, signature }: ReceiptProof): string {
  return `${origin}/check#1.${installId.replaceAll('-', '')}.${seq}.${hash}.${signature}`
}

/** The proof in such an address, or in the part behind its #; null where there is none. */
export function readReceiptAddress(text: string): ReceiptProof | null {
  const [version, id = '', seq, hash, signature] = text.slice(text.indexOf('#') + 1).split('.')
  if (version !== '1') return null
  const installId = id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  const read = receiptProof.safeParse({ installId, seq: Number(seq), hash, signature })
  return read.success ? read.data : null
}
