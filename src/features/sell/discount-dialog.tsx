import { useState } from 'react'
import type { Currency } from '#domain/currency.ts'
import type { Discount } from '#domain/order.ts'
import { deleteDigit, enterDigits } from '../../app/till/amount-entry.ts'
import { rateText } from '../../app/till/order-words.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { formatMoney } from '../../ui/format.ts'
import { Key } from '../../ui/key.tsx'
import { Keypad } from '../../ui/keypad.tsx'
import { useLocale } from '../../ui/locale.tsx'
import { SegmentedTabs } from '../../ui/segmented-tabs.tsx'

const QUICK_RATES = [500, 1000, 1500, 2000]
const REASONS = ['End of day', 'Damaged', 'Loyalty', 'Staff']
const LONGEST_REASON = 60

export interface DiscountDialogProps {
  title: string
  current: Discount | null
  currency: Currency
  /** What the discount can take off at most. */
  mostMinor: number
  onChoose: (discount: Discount | null) => void
  onClose: () => void
}

/** A part of the price or an amount, and why. */
export function DiscountDialog({
  title,
  current,
  currency,
  mostMinor,
  onChoose,
  onClose,
}: DiscountDialogProps) {
  const { locale } = useLocale()
  const [kind, setKind] = useState<Discount['kind']>(current?.kind ?? 'percent')
  const [percent, setPercent] = useState(
    current?.kind === 'percent' ? Math.round(current.rateBasisPoints / 100) : 0,
  )
  const [amountMinor, setAmountMinor] = useState(current?.kind === 'amount' ? current.amountMinor : 0)
  const [reason, setReason] = useState(current?.reason ?? '')

  const isPercent = kind === 'percent'
  const value = isPercent ? percent : amountMinor
  const setValue = (change: (last: number) => number) =>
    isPercent
      ? setPercent((last) => Math.min(change(last), 100))
      : setAmountMinor((last) => Math.min(change(last), mostMinor))
  const take = () => {
    if (value === 0) return
    const why = reason.trim()
    onChoose(
      isPercent
        ? { kind: 'percent', rateBasisPoints: percent * 100, reason: why }
        : { kind: 'amount', amountMinor, reason: why },
    )
  }
  const shown = isPercent
    ? rateText(percent * 100, locale)
    : formatMoney(amountMinor, currency.code, currency.exponent, locale)

  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      className="entry-dialog"
      actions={
        <>
          {current && (
            <Key variant="danger" className="entry-remove" onPress={() => onChoose(null)}>
              No discount
            </Key>
          )}
          <Key variant="flat" onPress={onClose}>
            Cancel
          </Key>
          <Key variant="main" offReason={value === 0 ? 'Enter a discount first' : null} onPress={take}>
            Take {shown} off
          </Key>
        </>
      }
    >
      <div className="entry">
        <SegmentedTabs
          label="Kind of discount"
          value={kind}
          options={[
            { value: 'percent', label: 'Percent' },
            { value: 'amount', label: 'Amount' },
          ]}
          onChange={setKind}
        />
        <output className="entry-value figure" aria-live="polite" tabIndex={-1} data-autofocus>
          {shown}
        </output>
        {isPercent && (
          <div className="entry-quick">
            {QUICK_RATES.map((rate) => (
              <Key
                key={rate}
                className="figure"
                pressed={percent * 100 === rate}
                onPress={() => setPercent(rate / 100)}
              >
                {rateText(rate, locale)}
              </Key>
            ))}
          </div>
        )}
        <Keypad
          onDigit={(digits) => setValue((last) => enterDigits(last, digits))}
          onDelete={() => setValue(deleteDigit)}
          onEnter={take}
        />
        <ReasonPicker reason={reason} onChange={setReason} />
      </div>
    </Dialog>
  )
}

function ReasonPicker({ reason, onChange }: { reason: string; onChange: (reason: string) => void }) {
  return (
    <div className="entry-reason">
      <Field
        label="Reason"
        value={reason}
        maxLength={LONGEST_REASON}
        placeholder="On the receipt"
        onChange={onChange}
      />
      <div className="entry-quick">
        {REASONS.map((one) => (
          <Key
            key={one}
            size="small"
            pressed={reason === one}
            onPress={() => onChange(reason === one ? '' : one)}
          >
            {one}
          </Key>
        ))}
      </div>
    </div>
  )
}
