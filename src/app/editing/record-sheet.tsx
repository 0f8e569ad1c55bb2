import { useBlocker } from '@tanstack/react-router'
import { Trash2 } from 'lucide-react'
import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { DeedNote } from '../use-deed.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Key } from '../../ui/key.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { DeleteDialog } from './delete-dialog.tsx'
import { ElsewhereNote } from './elsewhere-note.tsx'
import { LeaveDialog } from './leave-dialog.tsx'
import type { RecordForm } from './use-record-form.ts'
import { useSavedToast } from './use-saved-toast.ts'

export type RecordSheetProps = {
  readonly form: RecordForm<object>
  readonly noun: string
  readonly title: string
  /** What deleting does, for the person who is asked; without it there is no Delete. */
  readonly deleting?: Deleting | undefined
  /** A key of this kind of record, beside Save. */
  readonly ownKey?: ReactNode
  /** Why nothing can be changed here; null where it can. */
  readonly readOnlyReason: string | null
  /** Asks first where something is not saved. */
  readonly onClose: () => void
  readonly onDone: () => void
  readonly children: ReactNode
}

type Deleting = { readonly title: string; readonly text: ReactNode; readonly offReason?: string | null }

/** The form of one record: Save, Delete, and what becomes of changes that are not saved. */
export function RecordSheet(props: RecordSheetProps) {
  const { form, noun, title, deleting, readOnlyReason, onClose, onDone, children } = props
  const formId = useId()
  const tell = useSavedToast()
  const body = useRef<HTMLFormElement>(null)
  const [isDeleting, setDeleting] = useState(false)
  // A browser may have closed the sheet without asking: it is shown anew when somebody goes on editing.
  const [showing, setShowing] = useState(0)
  const isReadOnly = readOnlyReason !== null
  useEffect(() => {
    if (form.failedTries > 0) body.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [form.failedTries])
  // Who only looks sees what is, not what was when the sheet opened.
  useEffect(() => {
    if (isReadOnly && form.elsewhere.length > 0) form.showElsewhere()
  }, [isReadOnly, form])

  const save = async () => {
    const isChange = form.isDirty
    if (!(await form.save())) return false
    if (isChange) tell('Saved.')
    return true
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!isReadOnly && (await save())) onDone()
  }
  const remove = async () => {
    setDeleting(false)
    if (!(await form.remove())) return
    tell('Deleted.')
    onDone()
  }
  return (
    <>
      <Sheet
        key={showing}
        open
        title={title}
        className="w-[min(100vw,36rem)]"
        onClose={onClose}
        {...(!isReadOnly && {
          actions: <SheetKeys {...props} formId={formId} onDelete={() => setDeleting(true)} />,
        })}
      >
        <form
          ref={body}
          id={formId}
          className="grid gap-5"
          noValidate
          // Where no field can have the focus, this can: the keyboard scrolls it.
          {...(isReadOnly && { tabIndex: 0, 'aria-label': title })}
          onSubmit={(event) => void submit(event)}
        >
          <ElsewhereNote form={form} noun={noun} />
          {readOnlyReason !== null && <ReadOnlyNote reason={readOnlyReason} />}
          <fieldset disabled={isReadOnly} className="grid min-w-0 gap-5">
            {children}
          </fieldset>
          {deleting?.offReason && !isReadOnly && !form.isNew && (
            <p className="text-sm text-ink-2">{deleting.offReason}</p>
          )}
          <DeedNote failure={form.failure} />
        </form>
      </Sheet>
      {isDeleting && deleting && (
        <DeleteDialog
          title={deleting.title}
          text={deleting.text}
          onDelete={() => void remove()}
          onClose={() => setDeleting(false)}
        />
      )}
      <UnsavedGuard form={form} noun={noun} onSave={save} onStay={() => setShowing(showing + 1)} />
    </>
  )
}

function SheetKeys({
  form,
  noun,
  deleting,
  ownKey,
  formId,
  onDelete,
}: RecordSheetProps & { formId: string; onDelete: () => void }) {
  return (
    <>
      {deleting && !form.isNew && (
        <Key
          variant="danger"
          className="flex-none"
          icon={<Icon of={Trash2} />}
          offReason={form.isGone ? 'It is deleted already.' : deleting.offReason}
          onPress={onDelete}
        >
          Delete
        </Key>
      )}
      {ownKey}
      <Key
        type="submit"
        form={formId}
        variant="main"
        busy={form.isBusy}
        offReason={form.isGone ? `This ${noun} was deleted.` : null}
      >
        Save
      </Key>
    </>
  )
}

/** Above what can be looked at only. */
export function ReadOnlyNote({ reason }: { reason: string }) {
  return <p className="rounded-key border border-rule bg-fill px-3 py-2 text-sm">{reason}</p>
}

/** Holds whoever leaves by whatever way while something is not saved. */
function UnsavedGuard({
  form,
  noun,
  onSave,
  onStay,
}: {
  form: RecordForm<object>
  noun: string
  onSave: () => Promise<boolean>
  onStay: () => void
}) {
  const leaving = useBlocker({
    shouldBlockFn: () => form.isDirty,
    enableBeforeUnload: () => form.isDirty,
    withResolver: true,
  })
  if (leaving.status !== 'blocked') return null
  const stay = () => {
    leaving.reset()
    onStay()
  }
  return (
    <LeaveDialog
      isNew={form.isNew}
      isBusy={form.isBusy}
      noun={noun}
      onStay={stay}
      onDiscard={() => leaving.proceed()}
      onSave={async () => {
        if (await onSave()) leaving.proceed()
        else stay()
      }}
    />
  )
}
