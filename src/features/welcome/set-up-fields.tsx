import { useId, useMemo } from 'react'
import { currencyCodes } from '#domain/currency.ts'
import { Field } from '../../ui/field.tsx'
import { useLocale } from '../../ui/locale.tsx'
import { Pane } from '../../ui/pane.tsx'
import { SegmentedTabs } from '../../ui/segmented-tabs.tsx'
import { Select } from '../../ui/select.tsx'
import { shortestPassword } from './set-up-form.ts'
import type { SetUpErrors, SetUpValues } from './set-up-form.ts'

export type SetUpPartProps = {
  readonly values: SetUpValues
  /** Of the fields that were left once. */
  readonly errors: SetUpErrors
  readonly onChange: (change: Partial<SetUpValues>) => void
  readonly onLeave: (name: keyof SetUpValues) => void
}

export function ShopFields({ zones, ...part }: SetUpPartProps & { zones: readonly string[] }) {
  const { values, errors, onChange } = part
  const { locale } = useLocale()
  const zonesId = useId()
  const currencies = useMemo(() => currencyOptions(locale), [locale])
  return (
    <Pane title="Your shop">
      <div className="grid gap-4">
        <Field
          label="Business name"
          autoComplete="organization"
          hint="Stands on receipts."
          {...fieldOf(part, 'businessName')}
        />
        <Field
          label="First store"
          placeholder="Harbor Street"
          hint="Its street, or what people call it."
          {...fieldOf(part, 'storeName')}
        />
        <Field
          label="Time zone"
          list={zonesId}
          autoComplete="off"
          spellCheck={false}
          hint="Type a city to search. Days begin and end by it."
          {...fieldOf(part, 'timeZone')}
          onFocus={(event) => event.currentTarget.select()}
        />
        <datalist id={zonesId}>
          {zones.map((zone) => (
            <option key={zone} value={zone}>
              {zone.replaceAll('_', ' ')}
            </option>
          ))}
        </datalist>
        <Select
          label="Currency"
          value={values.currencyCode}
          options={currencies}
          error={errors.currencyCode}
          onChange={(currencyCode) => onChange({ currencyCode })}
        />
      </div>
    </Pane>
  )
}

export function OwnerFields(part: SetUpPartProps) {
  return (
    <Pane title="You, the owner">
      <div className="grid gap-4">
        <Field
          label="Your name"
          autoComplete="name"
          hint="Shown at the till."
          {...fieldOf(part, 'ownerName')}
        />
        <Field
          label="E-mail"
          type="email"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          hint="For signing in here, in the office."
          {...fieldOf(part, 'email')}
        />
        <Field
          label="Password"
          type="password"
          autoComplete="new-password"
          hint={`At least ${shortestPassword} characters; a few words are best.`}
          {...fieldOf(part, 'password')}
        />
        <Field
          label="PIN"
          type="password"
          inputMode="numeric"
          autoComplete="off"
          maxLength={8}
          hint="4 to 8 digits, for signing in at the till."
          {...fieldOf(part, 'pin')}
        />
      </div>
    </Pane>
  )
}

const taxOptions = [
  { value: 'exclusive', label: 'Added to prices' },
  { value: 'inclusive', label: 'In the prices' },
  { value: 'none', label: 'No tax' },
] as const

export function MoneyFields(part: SetUpPartProps) {
  const { values, onChange } = part
  return (
    <Pane title="Sales tax or VAT">
      <div className="grid items-start gap-4 tablet:grid-cols-[auto_minmax(0,1fr)_10rem]">
        <div className="grid gap-1.5">
          <span className="field-label">Tax is</span>
          <SegmentedTabs
            label="Tax is"
            value={values.tax}
            options={taxOptions}
            onChange={(tax) => onChange({ tax })}
          />
        </div>
        {values.tax !== 'none' && (
          <>
            <Field
              label="Name on receipts"
              className="grid-cols-[minmax(0,1fr)]"
              placeholder="Sales tax"
              {...fieldOf(part, 'taxName')}
            />
            <Field
              label="Rate"
              className="grid-cols-[minmax(0,1fr)]"
              placeholder="8.25"
              inputMode="decimal"
              autoComplete="off"
              end="%"
              {...fieldOf(part, 'taxRate')}
            />
          </>
        )}
      </div>
    </Pane>
  )
}

function fieldOf(
  { values, errors, onChange, onLeave }: SetUpPartProps,
  name: Exclude<keyof SetUpValues, 'tax'>,
) {
  return {
    name,
    value: values[name],
    error: errors[name],
    onChange: (text: string) => onChange({ [name]: text }),
    // Passing through an empty field is no mistake yet.
    onBlur: () => {
      if (values[name] !== '') onLeave(name)
    },
  }
}

function currencyOptions(locale: string) {
  const names = new Intl.DisplayNames(locale, { type: 'currency' })
  return currencyCodes.map((code) => ({ value: code, label: `${code}, ${names.of(code)}` }))
}
