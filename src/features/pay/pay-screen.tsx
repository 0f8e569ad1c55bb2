import { Navigate, useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import type { OpenOrder } from '#domain/order.ts'
import { priceOrder } from '#domain/price-order.ts'
import { keepOpenOrder, openOrder } from '../../app/till/open-order.ts'
import { useTill } from '../../app/till/till-context.ts'
import { TillGate } from '../../app/till/till-gate.tsx'
import type { Sold } from '../../worker/api-selling.ts'
import { OrderTape } from './order-tape.tsx'
import { SoldView } from './sold-view.tsx'
import { TenderWork } from './tender-work.tsx'
import { useTaking } from './use-taking.ts'
import './pay.css'

export function PayScreen() {
  return (
    <TillGate>
      <Pay />
    </TillGate>
  )
}

/** The order as it was on arrival, then, once paid, its receipt. */
function Pay() {
  const navigate = useNavigate()
  const [order] = useState(openOrder)
  const [sold, setSold] = useState<Sold | null>(null)
  if (sold) return <SoldView sold={sold} onNewOrder={() => void navigate({ to: '/till' })} />
  if (order === null || order.lines.length === 0) return <Navigate to="/till" replace />
  return (
    <Paying
      order={order}
      onBack={() => void navigate({ to: '/till' })}
      onSold={(made) => {
        keepOpenOrder(null)
        setSold(made)
      }}
    />
  )
}

function Paying({
  order,
  onBack,
  onSold,
}: {
  order: OpenOrder
  onBack: () => void
  onSold: (sold: Sold) => void
}) {
  const { pricing } = useTill().store
  const priced = useMemo(() => priceOrder(order, pricing), [order, pricing])
  const taking = useTaking(order, onSold)
  return (
    <div className="pay">
      <OrderTape
        priced={priced}
        pricing={pricing}
        taken={taking.taken}
        onTakeBack={taking.takeBack}
        onBack={onBack}
      />
      <TenderWork
        totalMinor={priced.totals.totalMinor}
        currency={pricing.currency}
        taking={taking}
        onBack={onBack}
      />
    </div>
  )
}
