import { ArrowDown, ArrowUp, Shapes } from 'lucide-react'
import { useRef, useState } from 'react'
import type { Category } from '#domain/catalogue.ts'
import { success } from '#domain/failure.ts'
import { answered, NOT_READ } from '../../app/deed.ts'
import { RecordOpener } from '../../app/editing/record-opener.tsx'
import { changeRecord, listRecords } from '../../app/editing/records.ts'
import type { NewRecord } from '../../app/editing/use-record-form.ts'
import { newId } from '../../app/till/new-id.ts'
import { Icon } from '../../ui/icon.tsx'
import { Key } from '../../ui/key.tsx'
import { useLocale } from '../../ui/locale.tsx'
import { EmptyState } from '../../ui/state-views.tsx'
import { useToast } from '../../ui/toast.tsx'
import { newItem } from './catalogue-place.ts'
import { type CategoryDraft, movedPlaces } from './category-draft.ts'
import { CategoryMark } from './category-mark.tsx'
import { CategorySheet } from './category-sheet.tsx'
import { countOf, RecordList } from './record-list.tsx'
import type { TabProps } from './tab.ts'

/** In the order of the till's rail. */
export function CategoriesTab({ catalogue, summary: { counts }, item, onOpen, ...rest }: TabProps) {
  const { locale } = useLocale()
  const { categories } = catalogue
  const usedBy = (id: string) => countOf(counts[id] ?? 0, 'product', locale)
  const move = useMoving()
  const { readOnlyReason, onClose, onDone } = rest
  const sheet = { readOnlyReason, onClose, onDone }
  return (
    <>
      {categories.length === 0 ? (
        <section className="pane">
          <EmptyState
            icon={<Icon of={Shapes} size={24} />}
            title="No categories yet"
            text="They are the pages of the till: products are found by place and color."
          />
        </section>
      ) : (
        <RecordList
          label="Categories"
          rows={categories.map((category, index) => ({
            id: category.categoryId,
            name: category.name,
            note: usedBy(category.categoryId),
            start: <CategoryMark category={category} />,
            keys:
              readOnlyReason !== null ? undefined : (
                <MoveKeys
                  category={category}
                  isFirst={index === 0}
                  isLast={index === categories.length - 1}
                  onMove={(by) => move(category.categoryId, by)}
                />
              ),
          }))}
          onOpen={onOpen}
        />
      )}
      {item === newItem && <NewCategory categories={categories} {...sheet} />}
      {item !== null && item !== newItem && (
        <RecordOpener key={item} kind="category" id={item} noun="category" onClose={onClose}>
          {(opened, latest) => (
            <CategorySheet
              id={item}
              start={{ kind: 'opened', opened }}
              latest={latest}
              usedBy={usedBy(item)}
              {...sheet}
            />
          )}
        </RecordOpener>
      )}
    </>
  )
}

function MoveKeys({
  category,
  isFirst,
  isLast,
  onMove,
}: {
  category: Category
  isFirst: boolean
  isLast: boolean
  onMove: (by: -1 | 1) => void
}) {
  return (
    <span className="flex flex-none gap-1 pe-3">
      <Key
        square
        size="small"
        label={`Move ${category.name} up`}
        icon={<Icon of={ArrowUp} size={16} />}
        offReason={isFirst ? 'It is the first.' : null}
        onPress={() => onMove(-1)}
      />
      <Key
        square
        size="small"
        label={`Move ${category.name} down`}
        icon={<Icon of={ArrowDown} size={16} />}
        offReason={isLast ? 'It is the last.' : null}
        onPress={() => onMove(1)}
      />
    </span>
  )
}

/** One move after the other: each starts from where the one before it led. */
function useMoving() {
  const toasts = useToast()
  const last = useRef(Promise.resolve())
  const move = async (categoryId: string, by: -1 | 1): Promise<void> => {
    const listed = await answered(async () => success(await listRecords('category')), NOT_READ)
    if (!listed.ok) return toasts.showFailure(listed.failure)
    for (const place of movedPlaces(listed.value, categoryId, by)) {
      const saved = await changeRecord('category', place.categoryId, { position: place.position })
      if (!saved.ok) return toasts.showFailure(saved.failure)
    }
  }
  return (categoryId: string, by: -1 | 1) => {
    last.current = last.current.then(() => move(categoryId, by))
  }
}

function NewCategory({
  categories,
  ...sheet
}: Pick<TabProps, 'readOnlyReason' | 'onClose' | 'onDone'> & { categories: readonly Category[] }) {
  const [start] = useState(() => newCategory(categories))
  return <CategorySheet id={start.doc.categoryId} start={start} latest={null} usedBy="" {...sheet} />
}

/** At the end of the rail, in a color that is used least. */
function newCategory(categories: readonly Category[]): NewRecord<'category', CategoryDraft> {
  const tints = [1, 2, 3, 4, 5, 6, 7, 8] as const
  const uses = (tint: number) => categories.filter((each) => each.tint === tint).length
  const draft = {
    name: '',
    tint: tints.reduce((least, tint) => (uses(tint) < uses(least) ? tint : least)),
    icon: 'package',
  }
  const position = Math.max(-1, ...categories.map((each) => each.position)) + 1
  return { kind: 'new', doc: { ...draft, categoryId: newId(), position }, draft }
}
