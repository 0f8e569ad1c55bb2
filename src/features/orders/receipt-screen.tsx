import { useNavigate, useParams } from '@tanstack/react-router'
import { ArrowLeft, Printer, SearchX } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { device, useDeviceQuery } from '../../app/device.ts'
import { ReceiptLayout } from '../../app/till/receipt-layout.tsx'
import { ReceiptPaper } from '../../app/till/receipt-paper.tsx'
import { SyncFact } from '../../app/till/sync-fact.tsx'
import { TillGate } from '../../app/till/till-gate.tsx'
import { useTill } from '../../app/till/till-context.ts'
import { UnreadState } from '../../app/unread-state.tsx'
import type { OrderDetail } from '../../worker/api-selling.ts'
import { Amount } from '../../ui/amount.tsx'
import { Display } from '../../ui/display.tsx'
import { formatDate, formatTime } from '../../ui/format.ts'
import { Icon } from '../../ui/icon.tsx'
import { Key } from '../../ui/key.tsx'
import { useLocale } from '../../ui/locale.tsx'
import { EmptyState, LoadingState } from '../../ui/state-views.tsx'
import './orders.css'

export function ReceiptScreen() {
  return (
    <TillGate>
      <Receipt />
    </TillGate>
  )
}

function Receipt() {
  const { orderId } = useParams({ from: '/till/orders/$orderId' })
  const navigate = useNavigate()
  const goBack = () => void navigate({ to: '/till/orders' })
  useEscape(goBack)
  const read = useDeviceQuery<OrderDetail | null>('orders', ['order', orderId], () => device.order(orderId))
  const detail = read.data
  if (read.isLoadingError) {
    return (
      <main className="receipt-missing">
        <UnreadState of={[read]} title="This receipt could not be read" />
        <Key variant="flat" className="justify-self-center" onPress={goBack}>
          Back to orders
        </Key>
      </main>
    )
  }
  if (detail === undefined) return <LoadingState />
  if (detail === null) {
    return (
      <main className="receipt-missing">
        <EmptyState
          icon={<Icon of={SearchX} size={24} />}
          title="This order is not on this device"
          text="It may be older than what the device keeps, or of another store."
          action={<Key onPress={goBack}>Back to orders</Key>}
        />
      </main>
    )
  }
  return <Found detail={detail} onBack={goBack} />
}

function Found({ detail, onBack }: { detail: OrderDetail; onBack: () => void }) {
  const { business, store, catalogue } = useTill()
  const { locale } = useLocale()
  const { order } = detail
  const { data: status } = useDeviceQuery('status', [], () => device.status())
  const soldAt = catalogue.stores.find(({ storeId }) => storeId === order.storeId) ?? store
  const when = `${formatDate(order.occurredAt, locale, 'day', soldAt.timeZone)} · ${formatTime(order.occurredAt, locale, soldAt.timeZone)}`
  return (
    <ReceiptLayout
      paper={
        <ReceiptPaper
          order={order}
          hash={detail.hash}
          proof={detail.proof}
          business={business}
          store={soldAt}
          staffName={detail.staffName}
          isCopy
        />
      }
    >
      <header className="receipt-head">
        <Key
          variant="flat"
          square
          label="Back to orders"
          icon={<Icon of={ArrowLeft} className="mirrored" />}
          onPress={onBack}
        />
        <h1>
          Receipt <span className="figure">{order.receiptNumber}</span>
        </h1>
      </header>
      <Display
        className="receipt-display"
        label={order.refundOf === null ? 'Paid' : 'Given back'}
        aside={when}
      >
        <Amount
          minor={order.totals.totalMinor}
          currency={order.pricing.currency.code}
          exponent={order.pricing.currency.exponent}
          look="display"
        />
      </Display>
      <SyncFact state={detail.syncState} isOnline={status?.isOnline ?? false} />
      <div className="receipt-keys">
        <Key icon={<Icon of={Printer} />} onPress={() => window.print()}>
          Print again
        </Key>
      </div>
    </ReceiptLayout>
  )
}

function useEscape(goBack: () => void): void {
  const latest = useRef(goBack)
  useEffect(() => {
    latest.current = goBack
  })
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key === 'Escape') latest.current()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [])
}
