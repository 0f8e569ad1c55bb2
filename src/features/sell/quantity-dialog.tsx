import { useState } from 'react'
import { deleteDigit } from '../../app/till/amount-entry.ts'
import { quantityText } from '../../app/till/order-words.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Key } from '../../ui/key.tsx'
import { Keypad } from '../../ui/keypad.tsx'
import { useLocale } from '../../ui/locale.tsx'

const MOST_PIECES = 9_999

/** Whole pieces by keypad; the first digit replaces what was there. */
export function QuantityDialog({
  name,
  currentMilli,
  onChoose,
  onClose,
}: {
  name: string
  currentMilli: number
  onChoose: (quantityMilli: number) => void
  onClose: () => void
}) {
  const { locale } = useLocale()
  const [pieces, setPieces] = useState<number | null>(null)
  const shownMilli = pieces === null ? currentMilli : pieces * 1000
  const take = () => {
    if (shownMilli > 0) onChoose(shownMilli)
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={name}
      width="small"
      className="entry-dialog"
      actions={
        <>
          <Key variant="flat" onPress={onClose}>
            Cancel
          </Key>
          <Key
            variant="main"
            offReason={shownMilli > 0 ? null : 'At least one; Remove takes the line away'}
            onPress={take}
          >
            Set quantity
          </Key>
        </>
      }
    >
      <div className="entry">
        <output className="entry-value figure" aria-live="polite" tabIndex={-1} data-autofocus>
          {quantityText(shownMilli, locale)}
        </output>
        <Keypad
          onDigit={(digits) => setPieces((last) => Math.min(Number(`${last ?? 0}${digits}`), MOST_PIECES))}
          onDelete={() => setPieces((last) => deleteDigit(last ?? Math.floor(currentMilli / 1000)))}
          onEnter={take}
        />
      </div>
    </Dialog>
  )
}
