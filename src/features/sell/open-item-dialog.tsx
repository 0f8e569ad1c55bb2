import { useState } from 'react'
import type { Currency } from '#domain/currency.ts'
import { deleteDigit, enterDigits } from '../../app/till/amount-entry.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { formatMoney } from '../../ui/format.ts'
import { Key } from '../../ui/key.tsx'
import { Keypad } from '../../ui/keypad.tsx'
import { useLocale } from '../../ui/locale.tsx'

const LONGEST_NAME = 80

/** Something that is not in the catalogue: a name and a price. */
export function OpenItemDialog({
  currency,
  onAdd,
  onClose,
}: {
  currency: Currency
  onAdd: (name: string, priceMinor: number) => void
  onClose: () => void
}) {
  const { locale } = useLocale()
  const [name, setName] = useState('')
  const [priceMinor, setPriceMinor] = useState(0)
  const price = formatMoney(priceMinor, currency.code, currency.exponent, locale)
  const add = () => {
    if (priceMinor > 0) onAdd(name.trim() || 'Open item', priceMinor)
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title="Open item"
      width="small"
      className="entry-dialog"
      actions={
        <>
          <Key variant="flat" onPress={onClose}>
            Cancel
          </Key>
          <Key variant="main" offReason={priceMinor > 0 ? null : 'Enter a price first'} onPress={add}>
            Add {price}
          </Key>
        </>
      }
    >
      <div className="entry">
        <output className="entry-value figure" aria-live="polite" tabIndex={-1} data-autofocus>
          {price}
        </output>
        <Field
          label="Name"
          value={name}
          maxLength={LONGEST_NAME}
          placeholder="Open item"
          onChange={setName}
        />
        <Keypad
          onDigit={(digits) => setPriceMinor((last) => enterDigits(last, digits))}
          onDelete={() => setPriceMinor(deleteDigit)}
          onEnter={add}
        />
      </div>
    </Dialog>
  )
}
