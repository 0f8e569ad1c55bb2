import { Banknote, CreditCard, ScanBarcode } from 'lucide-react'
import { useRef, useState } from 'react'
import type { Ref } from 'react'
import type { Currency } from '#domain/currency.ts'
import { quickCash } from '#domain/quick-cash.ts'
import { deleteDigit, enterDigits } from '../../app/till/amount-entry.ts'
import { useScanner } from '../../app/till/use-scanner.ts'
import { Amount } from '../../ui/amount.tsx'
import { classNames } from '../../ui/class-names.ts'
import { Display } from '../../ui/display.tsx'
import { formatMoney } from '../../ui/format.ts'
import { Icon } from '../../ui/icon.tsx'
import { Key } from '../../ui/key.tsx'
import { Keypad } from '../../ui/keypad.tsx'
import { useLocale } from '../../ui/locale.tsx'
import { useToast } from '../../ui/toast.tsx'
import { cardTendering, cashTendering } from './tendering.ts'
import type { Tendering } from './tendering.ts'
import type { Taking } from './use-taking.ts'

export interface TenderWorkProps {
  totalMinor: number
  currency: Currency
  taking: Taking
  onBack: () => void
}

/** Due and change, the kind of money, how much was handed over, and the key that takes it. */
export function TenderWork({ totalMinor, currency, taking, onBack }: TenderWorkProps) {
  const [kind, setKind] = useState<'cash' | 'card'>('cash')
  const [entered, setEntered] = useState<Entered | null>(null)
  const takeKey = useRef<HTMLButtonElement>(null)
  useScanRefusal(() => setEntered(null))
  const tendering =
    kind === 'cash'
      ? cashTendering(totalMinor, taking.taken, entered?.minor ?? null, currency)
      : cardTendering(totalMinor, taking.taken)
  const take = () => {
    setEntered(null)
    taking.take(tendering)
  }
  const chooseCard = () => {
    setKind('card')
    takeKey.current?.focus()
  }
  const choose = (amountMinor: number) => {
    setEntered({ minor: amountMinor, isTyped: false })
    // Enter then takes it.
    takeKey.current?.focus()
  }

  return (
    <main className="pay-work">
      <DueDisplay tendering={tendering} currency={currency} />
      <div className="pay-kinds" role="group" aria-label="Kind of money">
        <Key
          size="key"
          icon={<Icon of={Banknote} />}
          pressed={kind === 'cash'}
          onPress={() => setKind('cash')}
        >
          Cash
        </Key>
        <Key size="key" icon={<Icon of={CreditCard} />} pressed={kind === 'card'} onPress={chooseCard}>
          Card
        </Key>
      </div>
      {kind === 'cash' ? (
        <div className="pay-cash">
          <QuickCash
            dueMinor={tendering.dueMinor}
            chosenMinor={tendering.next.tenderedMinor}
            currency={currency}
            onChoose={choose}
          />
          <Keypad
            onDigit={(digits) =>
              setEntered((last) => typed(enterDigits(last?.isTyped ? last.minor : 0, digits)))
            }
            onDelete={() => setEntered((last) => (last?.isTyped ? typed(deleteDigit(last.minor)) : null))}
            onClear={() => (entered === null ? onBack() : setEntered(null))}
            onEnter={take}
            off={taking.isPaying}
          />
        </div>
      ) : (
        <CardHelp dueMinor={tendering.dueMinor} currency={currency} />
      )}
      <TakeKey
        kind={kind}
        tendering={tendering}
        currency={currency}
        taking={taking}
        keyRef={takeKey}
        onTake={take}
      />
    </main>
  )
}

/** A digit after a chosen amount begins a new one. */
type Entered = { readonly minor: number; readonly isTyped: boolean }

function typed(minor: number): Entered | null {
  return minor === 0 ? null : { minor, isTyped: true }
}

function DueDisplay({ tendering, currency }: { tendering: Tendering; currency: Currency }) {
  const { locale } = useLocale()
  const { code, exponent } = currency
  const { dueMinor, changeMinor, roundingMinor } = tendering
  return (
    <Display className="pay-due">
      <div>
        <span className="dim">
          Amount due
          {roundingMinor !== 0 && (
            <small>
              rounded {formatMoney(roundingMinor, code, exponent, locale, { symbol: false, sign: 'always' })}
            </small>
          )}
        </span>
        <Amount minor={dueMinor} currency={code} exponent={exponent} look="still" />
      </div>
      <div aria-live="polite">
        <span className="dim">Change due</span>
        <Amount minor={changeMinor} currency={code} exponent={exponent} look="display" />
      </div>
    </Display>
  )
}

function QuickCash({
  dueMinor,
  chosenMinor,
  currency,
  onChoose,
}: {
  dueMinor: number
  chosenMinor: number
  currency: Currency
  onChoose: (amountMinor: number) => void
}) {
  const { locale } = useLocale()
  const amounts = quickCash(dueMinor, currency)
  return (
    <div
      className={classNames('pay-quick', amounts.length <= 4 && 'few')}
      role="group"
      aria-label="Handed over"
    >
      {amounts.map((amountMinor, index) => (
        <Key
          key={amountMinor}
          className="figure"
          pressed={amountMinor === chosenMinor}
          onPress={() => onChoose(amountMinor)}
        >
          {formatMoney(amountMinor, currency.code, currency.exponent, locale)}
          {index === 0 && <small>Exact</small>}
        </Key>
      ))}
    </div>
  )
}

function CardHelp({ dueMinor, currency }: { dueMinor: number; currency: Currency }) {
  const { locale } = useLocale()
  const amount = formatMoney(dueMinor, currency.code, currency.exponent, locale)
  return (
    <div className="pay-card">
      <Icon of={CreditCard} size={24} />
      <ol>
        <li>
          Take <b className="figure">{amount}</b> on the card terminal.
        </li>
        <li>When it says approved, record it here.</li>
      </ol>
      <p>Declined? Nothing was charged: try another card or cash.</p>
    </div>
  )
}

function TakeKey({
  kind,
  tendering,
  currency,
  taking,
  keyRef,
  onTake,
}: {
  kind: 'cash' | 'card'
  tendering: Tendering
  currency: Currency
  taking: Taking
  keyRef: Ref<HTMLButtonElement>
  onTake: () => void
}) {
  const { locale } = useLocale()
  const { failure, isPaying } = taking
  const { completes, next, dueMinor } = tendering
  const amount = formatMoney(next.tenderedMinor, currency.code, currency.exponent, locale)
  return (
    <div className="pay-go">
      {failure && (
        <p className="pay-failure" role="alert">
          <b>{failure.sentence}</b> {failure.mend} {failure.dataSafe && 'The order is kept.'}
        </p>
      )}
      <Key ref={keyRef} variant="lit" size="primary" busy={isPaying} onPress={onTake}>
        <span className="pay-take">
          <span>
            {dueMinor === 0
              ? 'Nothing to pay, finish'
              : kind === 'card'
                ? 'Card approved'
                : completes
                  ? 'Take cash'
                  : 'Take part in cash'}
          </span>
          <span className="figure">{amount}</span>
        </span>
      </Key>
    </div>
  )
}

/** A scan here must not become an amount. */
function useScanRefusal(forget: () => void): void {
  const toasts = useToast()
  useScanner(() => {
    forget()
    toasts.show({ text: 'Not added: go back to the order to scan more.', icon: <Icon of={ScanBarcode} /> })
  })
}
