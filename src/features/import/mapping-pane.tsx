import { ChevronDown, ChevronUp } from 'lucide-react'
import { useState } from 'react'
import { Icon } from '../../ui/icon.tsx'
import { Key } from '../../ui/key.tsx'
import { Pane } from '../../ui/pane.tsx'
import { Select } from '../../ui/select.tsx'
import { fields, missingChoices, type FieldName } from './fields.ts'
import type { PreviewStage } from './use-import.ts'

/** Which column is what: open where the file was not recognised, a key away where it was. */
export function MappingPane({
  stage,
  onChange,
}: {
  stage: PreviewStage
  onChange: (mapping: Readonly<Record<string, string>>) => void
}) {
  const { preview } = stage
  const [isOpen, setOpen] = useState(preview.shape === 'unknown')
  const [showsAll, setShowsAll] = useState(false)
  const missing = missingChoices(preview.mapping)
  const change = (field: string, column: string): void => {
    const { [field]: _, ...others } = preview.mapping
    onChange(column === '' ? others : { ...others, [field]: column })
  }
  const used = fields.filter(({ field }) => preview.mapping[field])
  return (
    <Pane
      title="Columns"
      className="max-wide:order-5"
      action={
        <Key
          size="small"
          aria-expanded={isOpen}
          icon={<Icon of={isOpen ? ChevronUp : ChevronDown} size={16} />}
          onPress={() => setOpen(!isOpen)}
        >
          {isOpen ? 'Close' : 'Change'}
        </Key>
      }
    >
      {missing.length > 0 ? (
        <p className="mb-3 text-sm text-attention">Still needed: {missing.join('; ')}.</p>
      ) : (
        <p className="text-sm text-ink-2">
          {used.length} of {preview.header.length} columns are used
          {preview.shape === 'unknown' ? ', as guessed from their names. Look them over.' : '.'}
        </p>
      )}
      {isOpen && (
        <div className="mt-3 grid gap-x-4 gap-y-3 tablet:grid-cols-2 desk:grid-cols-3">
          {fields
            .filter(({ field, isBasic }) => showsAll || isBasic || preview.mapping[field])
            .map((each) => (
              <ColumnSelect key={each.field} of={each} stage={stage} onChange={change} />
            ))}
          {!showsAll && (
            <Key variant="flat" className="self-end justify-self-start" onPress={() => setShowsAll(true)}>
              More fields
            </Key>
          )}
        </div>
      )}
    </Pane>
  )
}

function ColumnSelect({
  of: { field, label },
  stage: { preview },
  onChange,
}: {
  of: FieldName
  stage: PreviewStage
  onChange: (field: string, column: string) => void
}) {
  const columns = [...new Set(preview.header)].filter((name) => name.trim() !== '')
  return (
    <Select
      label={label}
      value={preview.mapping[field] ?? ''}
      options={[
        { value: '', label: 'Not in the file' },
        ...columns.map((name) => ({ value: name, label: name.trim() })),
      ]}
      onChange={(column) => onChange(field, column)}
    />
  )
}
