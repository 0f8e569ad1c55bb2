import { Percent } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { TaxClass } from '#domain/catalogue.ts'
import { RecordOpener } from '../../app/editing/record-opener.tsx'
import { RecordSheet } from '../../app/editing/record-sheet.tsx'
import { type NewRecord, type RecordRules, useRecordForm } from '../../app/editing/use-record-form.ts'
import { newId } from '../../app/till/new-id.ts'
import { Icon } from '../../ui/icon.tsx'
import { useLocale } from '../../ui/locale.tsx'
import { EmptyState } from '../../ui/state-views.tsx'
import { newItem } from './catalogue-place.ts'
import { rateText } from './rate-text.ts'
import { byName, countOf, RecordList } from './record-list.tsx'
import type { OfRecord, TabProps } from './tab.ts'
import {
  draftOfTaxClass,
  type TaxClassDraft,
  taxClassFieldWords,
  taxClassOfDraft,
} from './tax-class-draft.ts'
import { TaxClassFields } from './tax-class-fields.tsx'

export function TaxesTab({ catalogue, summary: { counts }, item, onOpen, ...rest }: TabProps) {
  const { locale } = useLocale()
  const { taxClasses } = catalogue
  const { readOnlyReason, onClose, onDone } = rest
  const sheet = { readOnlyReason, onClose, onDone }
  return (
    <>
      {taxClasses.length === 0 ? (
        <section className="pane">
          <EmptyState
            icon={<Icon of={Percent} size={24} />}
            title="No taxes yet"
            text="Without one, products are sold without tax."
          />
        </section>
      ) : (
        <RecordList
          label="Taxes"
          rows={taxClasses.toSorted(byName(locale)).map((taxClass) => ({
            id: taxClass.taxClassId,
            name: taxClass.name,
            note: `${ratesWords(taxClass, locale)}, for ${countOf(counts[taxClass.taxClassId] ?? 0, 'product', locale)}`,
          }))}
          onOpen={onOpen}
        />
      )}
      {item === newItem && <NewTaxClass {...sheet} />}
      {item !== null && item !== newItem && (
        <RecordOpener key={item} kind="tax-class" id={item} noun="tax" onClose={onClose}>
          {(opened, latest) => (
            <TaxClassSheet
              id={item}
              start={{ kind: 'opened', opened }}
              latest={latest}
              useCount={counts[item] ?? 0}
              {...sheet}
            />
          )}
        </RecordOpener>
      )}
    </>
  )
}

type SheetProps = Pick<TabProps, 'readOnlyReason' | 'onClose' | 'onDone'>

function NewTaxClass(props: SheetProps) {
  const [start] = useState(newTaxClass)
  return <TaxClassSheet id={start.doc.taxClassId} start={start} latest={null} useCount={0} {...props} />
}

function TaxClassSheet({
  id,
  start,
  latest,
  useCount,
  ...sheet
}: OfRecord<'tax-class', TaxClassDraft> & { useCount: number }) {
  const { locale } = useLocale()
  const rules = useMemo(() => taxClassRules(locale), [locale])
  const form = useRecordForm(rules, id, start, latest)
  const name = start.kind === 'new' ? '' : start.opened.doc.name
  const used = countOf(useCount, 'product', locale)
  return (
    <RecordSheet
      form={form}
      noun="tax"
      title={form.isNew ? 'New tax' : name}
      deleting={{
        title: `Delete ${name}?`,
        text: <p>No product has it. What was sold keeps its tax.</p>,
        offReason:
          useCount > 0
            ? `${used} ${useCount === 1 ? 'has' : 'have'} this tax. Give ${useCount === 1 ? 'it' : 'them'} another one first.`
            : null,
      }}
      {...sheet}
    >
      <TaxClassFields form={form} />
    </RecordSheet>
  )
}

/** `State tax 4 %, City tax 4.5 %`. */
function ratesWords({ taxRates }: TaxClass, locale: string): string {
  if (taxRates.length === 0) return 'No tax'
  return taxRates
    .map(({ name, rateBasisPoints }) => `${name} ${rateText(rateBasisPoints, locale)} %`)
    .join(', ')
}

function taxClassRules(locale: string): RecordRules<'tax-class', TaxClassDraft> {
  return {
    kind: 'tax-class',
    draftOf: (taxClass) => draftOfTaxClass(taxClass, locale),
    docOf: taxClassOfDraft,
    wordsOf: taxClassFieldWords,
  }
}

function newTaxClass(): NewRecord<'tax-class', TaxClassDraft> {
  return {
    kind: 'new',
    doc: { taxClassId: newId(), name: '', taxRates: [] },
    draft: { name: '', taxRates: [{ id: newId(), name: '', rate: '', isCompound: false }] },
  }
}
