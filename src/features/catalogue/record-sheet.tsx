import { useBlocker } from '@tanstack/react-router'
import { Trash2 } from 'lucide-react'
import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { device, useDeviceQuery } from '../../app/device.ts'
import { FieldNote } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Key } from '../../ui/key.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { useToast } from '../../ui/toast.tsx'
import type { SyncStatus } from '../../worker/api-device.ts'
import { DeleteDialog } from './delete-dialog.tsx'
import { ElsewhereNote } from './elsewhere-note.tsx'
import { LeaveDialog } from './leave-dialog.tsx'
import type { RecordForm } from './use-record-form.ts'

export type RecordSheetProps = {
  readonly form: RecordForm<object>
  readonly noun: string
  readonly title: string
  /** What deleting does, for the person who is asked. */
  readonly deleting: { readonly title: string; readonly text: ReactNode; readonly offReason?: string | null }
  readonly isReadOnly: boolean
  /** Asks first where something is not saved. */
  readonly onClose: () => void
  readonly onDone: () => void
  readonly children: ReactNode
}

/** The form of one record: Save, Delete, and what becomes of changes that are not saved. */
export function RecordSheet(props: RecordSheetProps) {
  const { form, noun, title, deleting, isReadOnly, onClose, onDone, children } = props
  const formId = useId()
  const toast = useToast()
  const body = useRef<HTMLFormElement>(null)
  const [isDeleting, setDeleting] = useState(false)
  // A browser may have closed the sheet without asking: it is shown anew when somebody goes on editing.
  const [showing, setShowing] = useState(0)
  const { data: status } = useDeviceQuery<SyncStatus>('status', [], () => device.status())
  const leaving = useBlocker({
    shouldBlockFn: () => form.isDirty,
    enableBeforeUnload: () => form.isDirty,
    withResolver: true,
  })
  useEffect(() => {
    if (form.failedTries > 0) body.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [form.failedTries])

  const tell = (text: string) => {
    const isOffline = status?.isOnline === false || !navigator.onLine
    toast.show({ text: isOffline ? `${text} Other devices get it when this one is online.` : text })
  }
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
          actions: (
            <>
              {!form.isNew && (
                <Key
                  variant="danger"
                  className="flex-none"
                  icon={<Icon of={Trash2} />}
                  offReason={form.isGone ? 'It is deleted already.' : deleting.offReason}
                  onPress={() => setDeleting(true)}
                >
                  Delete
                </Key>
              )}
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
          ),
        })}
      >
        <form
          ref={body}
          id={formId}
          className="grid gap-5"
          noValidate
          onSubmit={(event) => void submit(event)}
        >
          <ElsewhereNote form={form} noun={noun} />
          <fieldset disabled={isReadOnly} className="grid min-w-0 gap-5">
            {children}
          </fieldset>
          {deleting.offReason && !isReadOnly && !form.isNew && (
            <p className="text-sm text-ink-2">{deleting.offReason}</p>
          )}
          {form.failure && (
            <FieldNote id={`${formId}-failure`} error={`${form.failure.sentence} ${form.failure.mend}`} />
          )}
        </form>
      </Sheet>
      {isDeleting && (
        <DeleteDialog
          title={deleting.title}
          text={deleting.text}
          onDelete={() => void remove()}
          onClose={() => setDeleting(false)}
        />
      )}
      {leaving.status === 'blocked' && (
        <LeaveDialog
          isNew={form.isNew}
          noun={noun}
          onStay={() => {
            leaving.reset()
            setShowing(showing + 1)
          }}
          onDiscard={() => leaving.proceed()}
          onSave={async () => {
            if (await save()) leaving.proceed()
            else {
              leaving.reset()
              setShowing(showing + 1)
            }
          }}
        />
      )}
    </>
  )
}
