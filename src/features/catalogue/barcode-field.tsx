import { ScanBarcode, X } from 'lucide-react'
import { type KeyboardEvent, useRef, useState } from 'react'
import { device } from '../../app/device.ts'
import { Field } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Key } from '../../ui/key.tsx'
import { isOwnCode, scanKey, type VariantDraft, withBarcode } from './product-draft.ts'

type Refused = { readonly text: string; readonly error: string; readonly canKeep: boolean }

/** The barcodes of a variant. A scanner types the digits and Enter, so Enter adds instead of saving the form. */
export function BarcodeField({
  productId,
  barcodes,
  next,
  error,
  onChange,
}: {
  productId: string
  barcodes: readonly string[]
  next: string
  error: string | undefined
  onChange: (part: Partial<Pick<VariantDraft, 'barcodes' | 'nextBarcode'>>) => void
}) {
  const input = useRef<HTMLInputElement>(null)
  const [refused, setRefused] = useState<Refused | null>(null)
  const shown = refused !== null && refused.text === next ? refused : null
  const add = async () => {
    const added = withBarcode(barcodes, next)
    if (!added.ok) return setRefused({ text: next, ...added })
    const owner = added.value === barcodes ? null : await otherOwner(next, productId)
    if (owner !== null)
      return setRefused({ text: next, error: `${owner} has this barcode already.`, canKeep: false })
    onChange({ barcodes: added.value, nextBarcode: '' })
  }
  const keep = () => {
    onChange({ barcodes: [...barcodes, next.trim()], nextBarcode: '' })
    input.current?.focus()
  }
  const pressKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || next.trim() === '') return
    event.preventDefault()
    void add()
  }
  const remove = (barcode: string) => {
    onChange({ barcodes: barcodes.filter((each) => each !== barcode) })
    input.current?.focus()
  }
  const canKeep = shown?.canKeep ?? (error !== undefined && withBarcodeCanKeep(barcodes, next))
  return (
    <div className="col-span-2 grid gap-2">
      <Field
        label="Barcodes"
        value={next}
        error={shown?.error ?? error}
        inputRef={input}
        placeholder={barcodes.length === 0 ? 'Scan or type' : 'Scan or type another one'}
        autoComplete="off"
        icon={<Icon of={ScanBarcode} />}
        end={
          next.trim() !== '' && (
            <button
              type="button"
              className="-me-1 px-2 text-sm font-label text-accent"
              onClick={() => void add()}
            >
              Add
            </button>
          )
        }
        onKeyDown={pressKey}
        onChange={(nextBarcode) => onChange({ nextBarcode })}
      />
      {canKeep && (
        <Key size="small" className="justify-self-start" onPress={keep}>
          Keep it as a code of our own
        </Key>
      )}
      {barcodes.length > 0 && (
        <ul className="flex flex-wrap gap-2" aria-label="Barcodes">
          {barcodes.map((barcode) => (
            <li
              key={barcode}
              className="flex min-h-9 items-center gap-1.5 rounded-m border border-rule bg-fill ps-3 text-sm touch:min-h-11"
            >
              <bdi className="break-all tabular-nums">{barcode}</bdi>
              {isOwnCode(barcode) && <span className="text-xs text-ink-2">own code</span>}
              <button
                type="button"
                className="grid size-9 place-items-center rounded-m text-ink-2 touch:size-11"
                aria-label={`Remove ${barcode}`}
                onClick={() => remove(barcode)}
              >
                <Icon of={X} size={16} />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function withBarcodeCanKeep(barcodes: readonly string[], text: string): boolean {
  const added = withBarcode(barcodes, text)
  return !added.ok && added.canKeep
}

/** The name of another product on sale that a scan of this code finds. */
async function otherOwner(barcode: string, productId: string): Promise<string | null> {
  const hit = await device.findByBarcode(barcode)
  if (hit === null || hit.product.productId === productId) return null
  const codes = hit.product.variants.flatMap(({ barcodes }) => barcodes.map(scanKey))
  return codes.includes(scanKey(barcode.trim())) ? hit.product.name : null
}
