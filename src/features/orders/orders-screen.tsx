import { useNavigate } from '@tanstack/react-router'
import { ArrowLeft, ReceiptText, SearchX } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { device, useDeviceQuery } from '../../app/device.ts'
import { TillGate } from '../../app/till/till-gate.tsx'
import { useTill } from '../../app/till/till-context.ts'
import { UnreadState } from '../../app/unread-state.tsx'
import type { OrderCard } from '../../worker/api-selling.ts'
import { Field } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Key } from '../../ui/key.tsx'
import { useLocale } from '../../ui/locale.tsx'
import { SegmentedTabs } from '../../ui/segmented-tabs.tsx'
import { EmptyState, LoadingState } from '../../ui/state-views.tsx'
import { groupByDay } from './order-groups.ts'
import { OrderRow } from './order-row.tsx'
import { SendStatus } from './send-status.tsx'
import './orders.css'

const PAGE = 100

export function OrdersScreen() {
  return (
    <TillGate>
      <Orders />
    </TillGate>
  )
}

type Scope = 'register' | 'store'

function Orders() {
  const { register, store } = useTill()
  const navigate = useNavigate()
  const [text, setText] = useState('')
  const [scope, setScope] = useState<Scope>('register')
  const [limit, setLimit] = useState(PAGE)
  const search = useRef<HTMLInputElement>(null)
  const wanted = text.trim()
  const query = useDeviceQuery<readonly OrderCard[]>('orders', ['recent', wanted, limit, scope], () =>
    device.recentOrders({ text: wanted, limit, thisRegisterOnly: scope === 'register' }),
  )
  const goBack = () => void navigate({ to: '/till' })
  useOrdersKeys(search, goBack)

  return (
    <main className="orders">
      <header className="orders-head">
        <Key
          variant="flat"
          square
          label="Back to the till"
          icon={<Icon of={ArrowLeft} className="mirrored" />}
          onPress={goBack}
        />
        <h1>Orders</h1>
        <Field
          label="Search orders"
          hideLabel
          type="search"
          className="orders-search"
          placeholder="Receipt number or item"
          value={text}
          inputRef={search}
          onChange={setText}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && text !== '') {
              event.stopPropagation()
              setText('')
            }
          }}
        />
        <SegmentedTabs
          label="Whose orders"
          value={scope}
          options={[
            { value: 'register', label: register.name },
            { value: 'store', label: store.name },
          ]}
          onChange={setScope}
        />
      </header>
      <SendStatus />
      {query.isLoadingError ? (
        <UnreadState of={[query]} title="The orders could not be read" />
      ) : query.data === undefined ? (
        <LoadingState />
      ) : (
        <OrderList cards={query.data} wanted={wanted} isStore={scope === 'store'} />
      )}
      {query.data !== undefined && query.data.length >= limit && (
        <Key className="orders-more" onPress={() => setLimit(limit + PAGE)}>
          Show older orders
        </Key>
      )}
    </main>
  )
}

function OrderList({
  cards,
  wanted,
  isStore,
}: {
  cards: readonly OrderCard[]
  wanted: string
  isStore: boolean
}) {
  const { store, catalogue } = useTill()
  const { locale } = useLocale()
  const groups = useMemo(() => groupByDay(cards, locale, store.timeZone), [cards, locale, store.timeZone])
  if (cards.length === 0) {
    return wanted === '' ? (
      <EmptyState
        icon={<Icon of={ReceiptText} size={24} />}
        title="No orders yet"
        text="The first sale shows up here at once."
      />
    ) : (
      <EmptyState
        icon={<Icon of={SearchX} size={24} />}
        title={`No order matches “${wanted}”`}
        text="Try the receipt number or part of an item's name."
      />
    )
  }
  return groups.map((group) => (
    <section key={group.day} className="orders-day">
      <h2>{group.day}</h2>
      <ul>
        {group.cards.map((card) => (
          <OrderRow
            key={card.orderId}
            card={card}
            currency={store.pricing.currency}
            timeZone={store.timeZone}
            registerName={
              isStore
                ? (catalogue.registers.find(({ registerId }) => registerId === card.registerId)?.name ?? null)
                : null
            }
          />
        ))}
      </ul>
    </section>
  ))
}

/** "/" and F2 search, Escape goes back. */
function useOrdersKeys(search: { current: HTMLInputElement | null }, goBack: () => void): void {
  const latest = useRef(goBack)
  useEffect(() => {
    latest.current = goBack
  })
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const isTyping = event.target instanceof HTMLInputElement
      if (event.key === 'F2' || (event.key === '/' && !isTyping)) {
        event.preventDefault()
        search.current?.focus()
      } else if (event.key === 'Escape') latest.current()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [search])
}
