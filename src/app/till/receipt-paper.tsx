import type { Business, Store } from '#domain/catalogue.ts'
import type { PaidOrder, PricedLine, TenderKind } from '#domain/order.ts'
import { formatMoney, formatTime } from '../../ui/format.ts'
import { useLocale } from '../../ui/locale.tsx'
import { Mark } from '../../ui/mark.tsx'
import { QrCode } from '../../ui/qr-code.tsx'
import { discountWords, optionWords, quantityText, totalsRows } from './order-words.ts'
import './receipt-paper.css'

export interface ReceiptPaperProps {
  order: PaidOrder
  /** Of the operation that recorded the sale; null when this device does not hold it. */
  hash: string | null
  /** What the QR code says; null while it is being signed, and for sales of other devices. */
  proof: string | null
  business: Business | null
  store: Store
  staffName: string | null
  /** Every receipt after the first says that it is a copy. */
  isCopy?: boolean
}

const RECEIPT_DAY = { weekday: 'short', year: 'numeric', month: 'short', day: 'numeric' } as const

/** The receipt, white in both themes because it is paper; it alone is printed, 80 mm wide. */
export function ReceiptPaper({
  order,
  hash,
  proof,
  business,
  store,
  staffName,
  isCopy = false,
}: ReceiptPaperProps) {
  const { locale } = useLocale()
  const { timeZone } = store
  const day = new Intl.DateTimeFormat(locale, { ...RECEIPT_DAY, timeZone }).format(order.occurredAt)
  const when = [day, formatTime(order.occurredAt, locale, timeZone), staffName]
  return (
    <article className="receipt-paper" aria-label={`Receipt ${order.receiptNumber}`}>
      <h2>
        <Mark size={24} />
        <span dir="auto">{business?.name ?? store.name}</span>
      </h2>
      <p className="receipt-quiet">
        {store.name}
        <br />
        {store.address && (
          <>
            {store.address}
            <br />
          </>
        )}
        {when.filter(Boolean).join(' · ')}
      </p>
      {isCopy && <p className="receipt-copy">Copy</p>}
      {order.refundOf !== null && <p className="receipt-copy">Refund</p>}
      <hr />
      <div className="receipt-rows">
        {order.lines.map((line) => (
          <PaperLine key={line.lineId} line={line} order={order} />
        ))}
      </div>
      <hr />
      <PaperTotals order={order} />
      <hr />
      <PaperPayments order={order} />
      {order.note && <p className="receipt-note">“{order.note}”</p>}
      <PaperProof receiptNumber={order.receiptNumber} hash={hash} proof={proof} />
      {store.receiptFooter && <p className="receipt-footer">{store.receiptFooter}</p>}
    </article>
  )
}

function PaperLine({ line, order }: { line: PricedLine; order: PaidOrder }) {
  const { locale } = useLocale()
  const plain = usePlain(order)
  const options = optionWords(line, order.pricing, locale)
  return (
    <>
      <span className="receipt-count figure">{quantityText(line.quantityMilli, locale)}</span>
      <span className="receipt-name" dir="auto">
        {line.name}
      </span>
      <span className="receipt-money figure">{plain(line.grossMinor)}</span>
      {options && <span className="receipt-sub">{options}</span>}
      {line.discount && (
        <>
          <span className="receipt-sub">{discountWords(line.discount, locale)}</span>
          <span className="receipt-money figure">{plain(-line.discountMinor)}</span>
        </>
      )}
      {line.note && <span className="receipt-sub">“{line.note}”</span>}
    </>
  )
}

function PaperTotals({ order }: { order: PaidOrder }) {
  const { locale } = useLocale()
  const plain = usePlain(order)
  const { code, exponent } = order.pricing.currency
  return (
    <div className="receipt-rows">
      {totalsRows(order.totals, order.pricing, locale).map((row) => (
        <PaperRow key={row.key} label={`${row.label} ${row.note}`} amount={plain(row.minor)} />
      ))}
      <span className="receipt-wide receipt-total">Total</span>
      <span className="receipt-money figure receipt-total">
        {formatMoney(order.totals.totalMinor, code, exponent, locale)}
      </span>
    </div>
  )
}

const TENDER_WORDS: Record<TenderKind, string> = {
  cash: 'Cash',
  card: 'Card',
  'gift-card': 'Gift card',
  'store-credit': 'Store credit',
  other: 'Other',
}

function PaperPayments({ order }: { order: PaidOrder }) {
  const plain = usePlain(order)
  const changeMinor = order.payments.reduce((sum, payment) => sum + payment.changeMinor, 0)
  return (
    <div className="receipt-rows">
      {order.cashRoundingMinor !== 0 && (
        <PaperRow label="Cash rounding" amount={plain(order.cashRoundingMinor)} />
      )}
      {order.payments.map((payment) => (
        <PaperRow
          key={payment.paymentId}
          label={TENDER_WORDS[payment.tender]}
          amount={plain(payment.tenderedMinor)}
        />
      ))}
      {changeMinor !== 0 && <PaperRow label="Change" amount={plain(-changeMinor)} />}
    </div>
  )
}

/** 69 modules on 30 mm of paper: what a phone still reads off a thermal printer. */
const PROOF_SIZE = 152

function PaperProof({
  receiptNumber,
  hash,
  proof,
}: Pick<ReceiptPaperProps, 'hash' | 'proof'> & { receiptNumber: string }) {
  return (
    <div className="receipt-proof">
      {proof !== null && (
        <QrCode text={proof} label="QR code that proves this sale" size={PROOF_SIZE} correction="M" />
      )}
      <div>
        <b>Receipt {receiptNumber}</b>
        {hash !== null && (
          <>
            <p className="receipt-code">{grouped(hash.slice(0, 20))}</p>
            <p className="receipt-quiet">The code proves this sale: scan it.</p>
          </>
        )}
      </div>
    </div>
  )
}

function PaperRow({ label, amount }: { label: string; amount: string }) {
  return (
    <>
      <span className="receipt-wide">{label}</span>
      <span className="receipt-money figure">{amount}</span>
    </>
  )
}

function usePlain(order: PaidOrder): (minor: number) => string {
  const { locale } = useLocale()
  const { code, exponent } = order.pricing.currency
  return (minor) => formatMoney(minor, code, exponent, locale, { symbol: false })
}

/** In fours, as people read codes to each other. */
function grouped(code: string): string {
  return code.replace(/(.{4})(?=.)/g, '$1 ')
}
