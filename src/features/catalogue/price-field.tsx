import { classNames } from '../../ui/class-names.ts'
import { Field } from '../../ui/field.tsx'
import { type PriceFormat, priceText, readPrice } from './price-text.ts'

/** An amount as it is typed; on leaving the field it is written as the language writes it. */
export function PriceField({
  label,
  text,
  error,
  format,
  isNarrow = false,
  onChange,
}: {
  label: string
  text: string
  error: string | undefined
  format: PriceFormat
  /** On phones there is no room for the currency beside it. */
  isNarrow?: boolean
  onChange: (text: string) => void
}) {
  const write = () => {
    const read = readPrice(text, format)
    const written = read.ok ? priceText(read.value, format) : text
    if (written !== text) onChange(written)
  }
  return (
    <Field
      label={label}
      value={text}
      error={error}
      inputMode="decimal"
      autoComplete="off"
      className="[&_input]:text-end [&_input]:tabular-nums"
      end={
        <span className={classNames('text-sm text-ink-2', isNarrow && 'max-tablet:hidden')}>
          {format.code}
        </span>
      }
      onFocus={(event) => event.currentTarget.select()}
      onBlur={write}
      onChange={onChange}
    />
  )
}
