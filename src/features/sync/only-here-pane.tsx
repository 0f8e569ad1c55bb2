import { useQuery } from '@tanstack/react-query'
import { Send, WifiOff } from 'lucide-react'
import { useRef, useState } from 'react'
import type { Currency } from '#domain/currency.ts'
import { type Failure, success } from '#domain/failure.ts'
import { device } from '../../app/device.ts'
import { useDeed } from '../../app/use-deed.tsx'
import { Amount } from '../../ui/amount.tsx'
import { formatNumber } from '../../ui/format.ts'
import { Hatch, Solid } from '../../ui/hatch.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Key } from '../../ui/key.tsx'
import { useLocale } from '../../ui/locale.tsx'
import { Pane } from '../../ui/pane.tsx'
import type { SyncFacts, UnsentCard } from '../../worker/api-device.ts'
import { contactWords, onlyHereWords, sendOutcome, whenWords } from './sent-words.ts'
import { unsentWords } from './unsent-words.ts'

/** Whatever arrived is told by the count above. */
const NOT_SENT: Failure = {
  code: 'sync/not-sent',
  sentence: 'Something went wrong, and sending may not have begun.',
  mend: 'What has not arrived stays here. Try again.',
  dataSafe: true,
}

const fewRows = 5
const mostRows = 500

/** [C7] How much exists on this device only, since when, and what it is. */
export function OnlyHerePane({
  facts,
  currency,
  nowMs,
}: {
  facts: SyncFacts
  currency: Currency | null
  nowMs: number
}) {
  const { locale } = useLocale()
  const { unsentCount, isOnline, isDrill } = facts
  return (
    <Pane title="Only on this device">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
        {unsentCount > 0 ? <Hatch size={32} /> : <Solid size={32} />}
        <p className="min-w-0 flex-1 basis-48">
          <b className="block text-lg font-label">{onlyHereWords(facts, nowMs, locale)}</b>
          <span className="flex items-center gap-2 text-sm text-ink-2">
            {!isOnline && !isDrill && <Icon of={WifiOff} size={16} />}
            {contactWords(facts, nowMs, locale)}
          </span>
        </p>
        <SendKey facts={facts} />
      </div>
      {unsentCount > 0 && <UnsentList facts={facts} currency={currency} nowMs={nowMs} />}
    </Pane>
  )
}

function SendKey({ facts }: { facts: SyncFacts }) {
  const { locale } = useLocale()
  const { isBusy, failure, run } = useDeed()
  const [outcome, setOutcome] = useState('')
  const send = async () => {
    setOutcome('')
    const sent = await run(async () => {
      const before = await device.status()
      await device.wakeSync()
      return success(sendOutcome(before, await device.status(), Date.now(), locale))
    }, NOT_SENT)
    if (sent.ok) setOutcome(sent.value)
  }
  return (
    <>
      <Key
        variant="main"
        busy={isBusy || facts.isSyncing}
        icon={<Icon of={Send} className="mirrored" />}
        offReason={facts.isDrill ? 'A practice outage is on.' : null}
        onPress={() => void send()}
      >
        Send now
      </Key>
      <p role="status" className="basis-full text-sm empty:hidden">
        {!facts.isDrill && (failure ? `${failure.sentence} ${failure.mend}` : outcome)}
      </p>
    </>
  )
}

function UnsentList({
  facts,
  currency,
  nowMs,
}: {
  facts: SyncFacts
  currency: Currency | null
  nowMs: number
}) {
  const { locale } = useLocale()
  const [most, setMost] = useState(fewRows)
  const list = useRef<HTMLUListElement>(null)
  const { journalSeq, ackedSeq } = facts
  const { data: cards } = useQuery<readonly UnsentCard[]>({
    queryKey: ['status', 'unsent', journalSeq, ackedSeq, most],
    queryFn: () => device.unsentOperations(most),
    placeholderData: (last) => last,
  })
  if (cards === undefined) return null
  const count = journalSeq - ackedSeq
  const isCut = most === fewRows && count > fewRows
  return (
    <div className="mt-4 border-t border-rule pt-3">
      <h3 className="mb-1 text-sm text-ink-2">
        {formatNumber(count, locale)} {count === 1 ? 'entry' : 'entries'} in the journal
        {count > 1 && ', oldest first'}
      </h3>
      <ul ref={list} className="max-h-96 overflow-y-auto" tabIndex={most === fewRows ? -1 : 0}>
        {cards.map((card) => (
          <li
            key={card.seq}
            className="grid grid-cols-[minmax(0,1fr)_auto_minmax(4rem,auto)] items-baseline gap-x-4 border-t border-rule py-2 first:border-t-0"
          >
            <span className="wrap-anywhere">{unsentWords(card)}</span>
            <small className="text-sm text-ink-2">{whenWords(card.occurredAt, nowMs, locale)}</small>
            {card.totalMinor !== null && currency !== null && (
              <Amount
                minor={card.totalMinor}
                currency={currency.code}
                exponent={currency.exponent}
                tone="auto"
                className="text-end"
              />
            )}
          </li>
        ))}
      </ul>
      {isCut && (
        <Key
          variant="flat"
          size="small"
          className="mt-1"
          onPress={() => {
            setMost(mostRows)
            // This key goes.
            list.current?.focus({ preventScroll: true })
          }}
        >
          Show all {formatNumber(count, locale)}
        </Key>
      )}
      {!isCut && count > cards.length && (
        <p className="pt-2 text-sm text-ink-2">
          and {formatNumber(count - cards.length, locale)} more that came after.
        </p>
      )}
    </div>
  )
}
