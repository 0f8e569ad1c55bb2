import { useId, useState } from 'react'
import type { Store } from '#domain/catalogue.ts'
import { CheckRow } from '../../ui/check-row.tsx'
import { Field, FieldNote } from '../../ui/field.tsx'

const manyStores = 12

/** Where somebody may sign in; `storeIds: null` is everywhere. */
export function StoreChoice({
  stores,
  storeIds,
  error,
  onChange,
}: {
  stores: readonly Store[]
  storeIds: readonly string[] | null
  error: string | undefined
  onChange: (storeIds: readonly string[] | null) => void
}) {
  const errorId = useId()
  const [text, setText] = useState('')
  const wanted = text.trim().toLocaleLowerCase()
  const shown = stores.filter(({ name }) => name.toLocaleLowerCase().includes(wanted))
  const change = (storeId: string, isOn: boolean) => {
    const others = (storeIds ?? []).filter((each) => each !== storeId)
    onChange(isOn ? [...others, storeId] : others)
  }
  return (
    <fieldset className="min-w-0" aria-describedby={error === undefined ? undefined : errorId}>
      <legend className="field-label">Stores</legend>
      <CheckRow
        label="All stores"
        note="Those that open later, too."
        isOn={storeIds === null}
        onChange={(isOn) => onChange(isOn ? null : [])}
      />
      {storeIds !== null && (
        <div className="grid border-t border-rule pt-1">
          {stores.length > manyStores && (
            <Field
              label="Find a store"
              hideLabel
              type="search"
              placeholder="Find a store"
              value={text}
              onChange={setText}
            />
          )}
          <div className="grid max-h-72 overflow-y-auto tablet:grid-cols-2">
            {shown.map(({ storeId, name }) => (
              <CheckRow
                key={storeId}
                label={name}
                isOn={storeIds.includes(storeId)}
                onChange={(isOn) => change(storeId, isOn)}
              />
            ))}
          </div>
        </div>
      )}
      {error !== undefined && <FieldNote id={errorId} error={error} />}
    </fieldset>
  )
}
