import { Printer } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { device, useDeviceQuery } from '../../app/device.ts'
import { ReceiptLayout } from '../../app/till/receipt-layout.tsx'
import { ReceiptPaper } from '../../app/till/receipt-paper.tsx'
import { SyncFact } from '../../app/till/sync-fact.tsx'
import { useTill } from '../../app/till/till-context.ts'
import type { OrderDetail, Sold } from '../../worker/api-selling.ts'
import { Amount } from '../../ui/amount.tsx'
import { Display } from '../../ui/display.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Key } from '../../ui/key.tsx'
import './sold-view.css'

/** A second press of the key that took the money must not wipe the change away. */
const SETTLE_MS = 500

export function SoldView({ sold, onNewOrder }: { sold: Sold; onNewOrder: () => void }) {
  const { business, store, staff } = useTill()
  const shownAt = useRef(Infinity)
  useEffect(() => {
    shownAt.current = performance.now()
  }, [])
  const { order } = sold
  const { data: detail } = useDeviceQuery<OrderDetail | null>('orders', ['order', order.orderId], () =>
    device.order(order.orderId),
  )
  return (
    <ReceiptLayout
      paper={
        <ReceiptPaper
          order={order}
          hash={sold.hash}
          proof={detail?.proof ?? null}
          business={business}
          store={store}
          staffName={staff.name}
        />
      }
    >
      <ChangeDisplay sold={sold} />
      <SoldFact detail={detail} />
      <div className="receipt-keys">
        <Key icon={<Icon of={Printer} />} onPress={() => window.print()}>
          Print
        </Key>
      </div>
      <div className="receipt-go">
        <Key
          variant="lit"
          size="primary"
          className="w-full"
          autoFocus
          onPress={() => {
            if (performance.now() - shownAt.current > SETTLE_MS) onNewOrder()
          }}
        >
          <span className="pay-take">
            New order <kbd>Enter</kbd>
          </span>
        </Key>
      </div>
    </ReceiptLayout>
  )
}

function ChangeDisplay({ sold }: { sold: Sold }) {
  const { order } = sold
  const { code, exponent } = order.pricing.currency
  const money = { currency: code, exponent }
  const sum = (amountOf: (payment: (typeof order.payments)[number]) => number) =>
    order.payments.reduce((total, payment) => total + amountOf(payment), 0)
  const kinds = [...new Set(order.payments.map(({ tender }) => (tender === 'cash' ? 'cash' : 'card')))].join(
    ' + ',
  )
  const hasCash = order.payments.some(({ tender }) => tender === 'cash')
  return (
    <Display className="sold-display">
      <span className="dim">{hasCash ? 'Change due' : 'Paid'}</span>
      <Amount
        minor={hasCash ? sum((payment) => payment.changeMinor) : order.totals.totalMinor}
        look="display"
        {...money}
      />
      {hasCash && (
        <p>
          <span className="dim">Total</span>
          <Amount minor={order.totals.totalMinor} {...money} />
        </p>
      )}
      <p>
        <span className="dim sold-kinds">{kinds}</span>
        <Amount minor={sum((payment) => payment.tenderedMinor)} {...money} />
      </p>
    </Display>
  )
}

function SoldFact({ detail }: { detail: OrderDetail | null | undefined }) {
  const { data: status } = useDeviceQuery('status', [], () => device.status())
  return <SyncFact state={detail?.syncState ?? 'only-here'} isOnline={status?.isOnline ?? false} />
}
