import { Check } from 'lucide-react'
import type { CSSProperties, ReactNode } from 'react'
import type { CategoryTint } from '#domain/catalogue.ts'
import { mostNameLength } from '../../app/editing/draft.ts'
import type { RecordForm } from '../../app/editing/use-record-form.ts'
import { Field } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import type { CategoryDraft } from './category-draft.ts'
import { categoryIcons } from './category-icons.ts'

const tints: readonly { readonly tint: CategoryTint; readonly words: string }[] = [
  { tint: 1, words: 'Green' },
  { tint: 2, words: 'Copper' },
  { tint: 3, words: 'Indigo' },
  { tint: 4, words: 'Blue' },
  { tint: 5, words: 'Olive' },
  { tint: 6, words: 'Lilac' },
  { tint: 7, words: 'Brass' },
  { tint: 8, words: 'Rose' },
]

export function CategoryFields({ form }: { form: RecordForm<CategoryDraft> }) {
  const { draft, errors, change } = form
  return (
    <>
      <Field
        label="Name"
        value={draft.name}
        error={errors['name']}
        maxLength={mostNameLength}
        autoComplete="off"
        data-autofocus={form.isNew || undefined}
        onChange={(name) => change({ name })}
      />
      <Choices label="Color" columns="grid-cols-4 tablet:grid-cols-8">
        {tints.map(({ tint, words }) => (
          <Choice
            key={tint}
            group="category-tint"
            words={words}
            isChosen={draft.tint === tint}
            style={{
              background: `var(--cat-${tint})`,
              boxShadow: `inset 0 -4px 0 var(--cat-${tint}-foot)`,
            }}
            onChoose={() => change({ tint })}
          >
            {draft.tint === tint && <Icon of={Check} />}
          </Choice>
        ))}
      </Choices>
      <Choices label="Icon" columns="grid-cols-[repeat(auto-fill,minmax(3rem,1fr))]">
        {categoryIcons.map(({ name, words, glyph }) => (
          <Choice
            key={name}
            group="category-icon"
            words={words}
            isChosen={draft.icon === name}
            style={{ background: draft.icon === name ? `var(--cat-${draft.tint})` : undefined }}
            onChoose={() => change({ icon: name })}
          >
            <Icon of={glyph} />
          </Choice>
        ))}
      </Choices>
    </>
  )
}

function Choices({ label, columns, children }: { label: string; columns: string; children: ReactNode }) {
  return (
    <fieldset className="min-w-0">
      <legend className="mb-2 text-sm font-label">{label}</legend>
      <div className={`grid gap-2 ${columns}`}>{children}</div>
    </fieldset>
  )
}

/** A native radio, so that arrows move among the choices. */
function Choice({
  group,
  words,
  isChosen,
  style,
  onChoose,
  children,
}: {
  group: string
  words: string
  isChosen: boolean
  style: CSSProperties
  onChoose: () => void
  children: ReactNode
}) {
  return (
    <label
      title={words}
      className="relative grid h-12 cursor-pointer place-items-center rounded-key outline-offset-2 has-checked:outline-2 has-checked:outline-ink has-focus-visible:outline-3 has-focus-visible:outline-focus"
      style={style}
    >
      <input
        type="radio"
        name={group}
        aria-label={words}
        checked={isChosen}
        className="absolute inset-0 cursor-pointer opacity-0"
        onChange={onChoose}
      />
      {children}
    </label>
  )
}
