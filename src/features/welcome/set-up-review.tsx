import type { Failure } from '#domain/failure.ts'
import { formatPercent } from '../../ui/format.ts'
import { Key } from '../../ui/key.tsx'
import { useLocale } from '../../ui/locale.tsx'
import { Pane } from '../../ui/pane.tsx'
import { FailureNote } from './failure-note.tsx'
import type { SetUpValues } from './set-up-form.ts'
import { readTaxRate } from './tax-rate.ts'
import { findTimeZone } from './time-zones.ts'

/** What will be made, as it is being filled in, above the key that makes it. */
export function SetUpReview({
  values,
  zones,
  isBusy,
  failure,
  openCount,
}: {
  values: SetUpValues
  zones: readonly string[]
  isBusy: boolean
  failure: Failure | null
  openCount: number
}) {
  const { locale } = useLocale()
  const currency = new Intl.DisplayNames(locale, { type: 'currency' }).of(values.currencyCode)
  const zone = findTimeZone(values.timeZone, zones)?.replaceAll('_', ' ') ?? ''
  return (
    <Pane
      title="What will be made"
      className="self-start tablet:max-desk:col-span-2 desk:sticky desk:top-4 desk:row-span-2"
    >
      <dl className="mb-5 grid">
        <Row name="Business" value={values.businessName} note={currency ?? values.currencyCode} />
        <Row name="Store" value={values.storeName} note={zone} />
        <Row name="Register" value="Register 1" note="more at any time" />
        <Row name="Tax" value={taxWords(values, locale)} note={taxNote(values.tax)} />
        <Row name="Owner" value={values.ownerName} note={values.email} />
      </dl>
      {failure && (
        <div className="mb-4 grid">
          <FailureNote failure={failure} />
        </div>
      )}
      <Key type="submit" variant="main" size="primary" busy={isBusy} className="w-full">
        Create the business
      </Key>
      <p className="mt-3 text-sm text-ink-3" role="status">
        {openCount === 0
          ? 'Everything is filled in.'
          : openCount === 1
            ? 'One thing is still open.'
            : `${openCount} things are still open.`}
      </p>
    </Pane>
  )
}

function Row({ name, value, note }: { name: string; value: string; note: string }) {
  return (
    <div className="grid grid-cols-[5.5rem_minmax(0,1fr)] gap-x-3 border-b border-rule py-2.5 first:pt-1">
      <dt className="text-ink-2">{name}</dt>
      <dd className="min-w-0 wrap-anywhere">
        {value.trim() === '' ? <span className="text-ink-3">–</span> : <b className="font-label">{value}</b>}
        {note !== '' && <small className="block text-sm text-ink-2">{note}</small>}
      </dd>
    </div>
  )
}

function taxWords({ tax, taxName, taxRate }: SetUpValues, locale: string): string {
  if (tax === 'none') return 'None'
  const rate = readTaxRate(taxRate)
  if (rate === null) return taxName
  const percent = formatPercent(rate / 10_000, locale, { decimals: decimalsOf(rate) })
  return `${taxName} ${percent}`.trim()
}

/** As many decimals of a percentage as the rate has; at most four. */
function decimalsOf(basisPoints: number): number {
  const millionths = Math.round(basisPoints * 100)
  return [10_000, 1000, 100, 10, 1].findIndex((step) => millionths % step === 0)
}

function taxNote(tax: SetUpValues['tax']): string {
  switch (tax) {
    case 'exclusive':
      return 'added to prices'
    case 'inclusive':
      return 'in the prices'
    case 'none':
      return ''
  }
}
