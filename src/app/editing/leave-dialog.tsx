import { Dialog } from '../../ui/dialog.tsx'
import { Key } from '../../ui/key.tsx'

/** Asked when somebody leaves a form with changes: they would not come back. */
export function LeaveDialog({
  isNew,
  isBusy,
  noun,
  onStay,
  onDiscard,
  onSave,
}: {
  isNew: boolean
  isBusy: boolean
  noun: string
  onStay: () => void
  onDiscard: () => void
  onSave: () => Promise<void>
}) {
  return (
    <Dialog
      open
      onClose={onStay}
      title={isNew ? `Save the new ${noun}?` : 'Save the changes?'}
      actions={
        <>
          <Key variant="flat" onPress={onStay}>
            Go on editing
          </Key>
          <Key onPress={onDiscard}>Discard</Key>
          <Key variant="main" busy={isBusy} data-autofocus onPress={() => void onSave()}>
            Save
          </Key>
        </>
      }
    >
      <p className="text-ink-2">{isNew ? 'It is not saved yet.' : 'They are not saved yet.'}</p>
    </Dialog>
  )
}
