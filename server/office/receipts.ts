import type { PublicKey } from '#protocol/enrolment.ts'
import { readPaidOrder } from '#protocol/paid-order.ts'
import type { ReceiptCheck, ReceiptProof } from '#protocol/proof.ts'
import type { Database } from '../database/pool.ts'
import { isSignedBy } from '../use-cases/signature.ts'

type CheckRow = {
  public_key: PublicKey
  business: string
  last_seq: number
  hash: string | null
  payload: string | null
  recorded_at: string | null
}

const nothing = {
  receiptNumber: null,
  businessName: null,
  occurredAt: null,
  recordedAt: null,
  totalMinor: null,
  currency: null,
}

/**
 * What a receipt's QR code is worth: whoever asks holds the receipt's hash, which nobody can guess, and is told of this one
 * sale only what stands on the paper.
 */
export async function checkReceipt(database: Database, proof: ReceiptProof): Promise<ReceiptCheck> {
  const row = await database.asSystem(async (tx) => {
    const [found] = await tx.query<CheckRow>(
      `select i.public_key, t.name as business, i.last_seq, o.hash, o.payload, o.recorded_at
       from install i join tenant t using (tenant_id)
       left join operation o on o.tenant_id = i.tenant_id and o.install_id = i.install_id and o.seq = $2
       where i.install_id = $1`,
      [proof.installId, proof.seq],
    )
    return found
  })
  if (!row) return { status: 'unknown', isSigned: false, ...nothing }
  const isSigned = await isSignedBy(row.public_key, `evertill-receipt:${proof.hash}`, proof.signature)
  if (row.hash === null || row.payload === null)
    return { status: isSigned ? 'awaited' : 'unknown', isSigned, ...nothing }
  if (row.hash !== proof.hash) return { status: 'differs', isSigned, ...nothing }
  const order = readPaidOrder(JSON.parse(row.payload))
  return {
    status: 'held',
    isSigned,
    receiptNumber: order?.receiptNumber ?? null,
    businessName: row.business,
    occurredAt: order?.occurredAt ?? null,
    recordedAt: row.recorded_at === null ? null : Date.parse(row.recorded_at),
    totalMinor: order ? order.totals.totalMinor + order.cashRoundingMinor : null,
    currency: order && { code: order.pricing.currency.code, exponent: order.pricing.currency.exponent },
  }
}
