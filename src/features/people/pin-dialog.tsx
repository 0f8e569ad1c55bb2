import { type FormEvent, useId, useRef, useState } from 'react'
import { type Failure, success } from '#domain/failure.ts'
import { device } from '../../app/device.ts'
import { DeedNote, useDeed } from '../../app/use-deed.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { Key } from '../../ui/key.tsx'
import { pinErrors } from './pin-errors.ts'
import type { PinRecord } from './staff-draft.ts'

/**
 * Takes a new PIN twice; what leaves this dialog is its salted hash only. Its fields have no names, so that no form can ever
 * send them. Never inside another form.
 */
export function PinDialog({
  name,
  onChosen,
  onClose,
}: {
  name: string
  onChosen: (pin: PinRecord) => void
  onClose: () => void
}) {
  const formId = useId()
  const first = useRef<HTMLInputElement>(null)
  const second = useRef<HTMLInputElement>(null)
  const [pin, setPin] = useState('')
  const [again, setAgain] = useState('')
  const [hasTried, setTried] = useState(false)
  const { isBusy, failure, run } = useDeed()
  const errors = pinErrors(pin, again)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (errors.pin || errors.again) {
      setTried(true)
      ;(errors.pin ? first : second).current?.focus()
      return
    }
    const hashed = await run(async () => success(await device.hashPin(pin)), NOT_TAKEN)
    if (!hashed.ok) return
    onChosen(hashed.value)
    onClose()
  }
  const shown = hasTried ? errors : {}
  return (
    <Dialog
      open
      onClose={onClose}
      title={name === '' ? 'New PIN' : `New PIN for ${name}`}
      width="small"
      actions={
        <>
          <Key variant="flat" onPress={onClose}>
            Cancel
          </Key>
          <Key type="submit" form={formId} variant="main" busy={isBusy}>
            Use this PIN
          </Key>
        </>
      }
    >
      <form id={formId} className="grid gap-4 pt-2" noValidate onSubmit={(event) => void submit(event)}>
        <Field
          label="PIN"
          inputRef={first}
          value={pin}
          error={shown.pin}
          hint="4 to 8 digits."
          data-autofocus
          {...pinField}
          onChange={(text) => setPin(digitsOf(text))}
        />
        <Field
          label="The same PIN again"
          inputRef={second}
          value={again}
          error={shown.again}
          {...pinField}
          onChange={(text) => setAgain(digitsOf(text))}
        />
        <DeedNote failure={failure} />
      </form>
    </Dialog>
  )
}

const NOT_TAKEN: Failure = {
  code: 'staff/pin-not-taken',
  sentence: 'The PIN could not be taken.',
  mend: 'Nothing was changed. Try again.',
  dataSafe: true,
}

const pinField = { type: 'password', inputMode: 'numeric', autoComplete: 'off', maxLength: 8 } as const

function digitsOf(text: string): string {
  return text.replaceAll(/\D/g, '')
}
