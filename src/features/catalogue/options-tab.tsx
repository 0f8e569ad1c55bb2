import { ListPlus } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { ModifierSet } from '#domain/catalogue.ts'
import { RecordOpener } from '../../app/editing/record-opener.tsx'
import { RecordSheet } from '../../app/editing/record-sheet.tsx'
import { type NewRecord, type RecordRules, useRecordForm } from '../../app/editing/use-record-form.ts'
import { newId } from '../../app/till/new-id.ts'
import { Icon } from '../../ui/icon.tsx'
import { useLocale } from '../../ui/locale.tsx'
import { EmptyState } from '../../ui/state-views.tsx'
import { newItem } from './catalogue-place.ts'
import {
  choiceWords,
  draftOfModifierSet,
  type ModifierSetDraft,
  modifierSetFieldWords,
  modifierSetOfDraft,
} from './modifier-set-draft.ts'
import { ModifierSetFields } from './modifier-set-fields.tsx'
import type { PriceFormat } from './price-text.ts'
import { byName, countOf, RecordList } from './record-list.tsx'
import type { OfRecord, TabProps } from './tab.ts'

/** Sets of modifiers: what is asked when a product is sold. */
export function OptionsTab({ catalogue, summary: { counts }, format, item, onOpen, ...sheet }: TabProps) {
  const { locale } = useLocale()
  const { modifierSets } = catalogue
  const usedBy = (id: string) => countOf(counts[id] ?? 0, 'product', locale)
  return (
    <>
      {modifierSets.length === 0 ? (
        <section className="pane">
          <EmptyState
            icon={<Icon of={ListPlus} size={24} />}
            title="No options yet"
            text="Milk, extras, how it is cooked: what the till asks when a product is sold."
          />
        </section>
      ) : (
        <RecordList
          label="Options"
          rows={modifierSets.toSorted(byName(locale)).map((set) => ({
            id: set.modifierSetId,
            name: set.name,
            note: `${choiceWords(set)} of ${set.modifiers.length}, for ${usedBy(set.modifierSetId)}`,
          }))}
          onOpen={onOpen}
        />
      )}
      {item === newItem && <NewModifierSet format={format} {...sheet} />}
      {item !== null && item !== newItem && (
        <RecordOpener key={item} kind="modifier-set" id={item} noun="options" onClose={sheet.onClose}>
          {(opened, latest) => (
            <ModifierSetSheet
              id={item}
              start={{ kind: 'opened', opened }}
              latest={latest}
              format={format}
              usedBy={usedBy(item)}
              {...sheet}
            />
          )}
        </RecordOpener>
      )}
    </>
  )
}

type SheetProps = Pick<TabProps, 'format' | 'readOnlyReason' | 'onClose' | 'onDone'>

function NewModifierSet(props: SheetProps) {
  const [start] = useState(newModifierSet)
  return <ModifierSetSheet id={start.doc.modifierSetId} start={start} latest={null} usedBy="" {...props} />
}

function ModifierSetSheet({
  id,
  start,
  latest,
  format,
  usedBy,
  ...sheet
}: OfRecord<'modifier-set', ModifierSetDraft> & { format: PriceFormat; usedBy: string }) {
  const rules = useMemo(() => modifierSetRules(format), [format])
  const form = useRecordForm(rules, id, start, latest)
  const name = start.kind === 'new' ? '' : start.opened.doc.name
  return (
    <RecordSheet
      form={form}
      noun="set of options"
      title={form.isNew ? 'New options' : name}
      deleting={{
        title: `Delete ${name}?`,
        text: <p>{usedBy} are sold without them from then on. What was sold keeps its options.</p>,
      }}
      {...sheet}
    >
      <ModifierSetFields form={form} format={format} />
    </RecordSheet>
  )
}

function modifierSetRules(format: PriceFormat): RecordRules<'modifier-set', ModifierSetDraft> {
  return {
    kind: 'modifier-set',
    draftOf: (set) => draftOfModifierSet(set, format),
    docOf: (draft, before) => modifierSetOfDraft(draft, before, format),
    wordsOf: modifierSetFieldWords,
  }
}

function newModifierSet(): NewRecord<'modifier-set', ModifierSetDraft> {
  const doc: ModifierSet = {
    modifierSetId: newId(),
    name: '',
    leastChoices: 0,
    mostChoices: 1,
    modifiers: [],
  }
  const draft = {
    name: '',
    leastChoices: 0,
    mostChoices: 1,
    modifiers: [{ id: newId(), name: '', price: '' }],
  }
  return { kind: 'new', doc, draft }
}
