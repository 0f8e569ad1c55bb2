import { Camera } from 'lucide-react'
import { useState } from 'react'
import type { FormEvent } from 'react'
import { Field } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Key } from '../../ui/key.tsx'
import { codeLength, groupedCode, readCode } from './enrolment-code.ts'

/** The code of a new register; typed, or pasted alone or as the whole link. */
export function CodeEntry({ onCode, isMain = true }: { onCode: (code: string) => void; isMain?: boolean }) {
  const [code, setCode] = useState('')
  const [error, setError] = useState<string | null>(null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const missing = codeLength - code.length
    if (missing === 0) onCode(code)
    else
      setError(
        code === '' ? 'Enter the code first.' : `A code has ${codeLength} characters: ${missing} to go.`,
      )
  }
  return (
    <form className="grid gap-4" onSubmit={submit} noValidate>
      <div className="flex flex-wrap items-start gap-2">
        <Field
          label="Code"
          className="flex-[1_1_15rem] [&_.field]:min-h-14 [&_input]:text-xl [&_input]:font-number [&_input]:tracking-[0.08em] [&_input]:uppercase"
          value={groupedCode(code)}
          error={error}
          placeholder="XXXX XXXX"
          autoComplete="off"
          autoCapitalize="characters"
          autoCorrect="off"
          spellCheck={false}
          enterKeyHint="go"
          onChange={(text) => {
            setCode(readCode(text))
            setError(null)
          }}
        />
        <Key
          type="submit"
          size="key"
          variant={isMain ? 'main' : 'rest'}
          className="mt-[26px] flex-[0_1_auto] max-tablet:mt-0 max-tablet:flex-1"
        >
          Set up
        </Key>
      </div>
      <p className="flex gap-2 text-sm text-ink-2">
        <Icon of={Camera} />
        Or point the camera app of this device at the square beside the code.
      </p>
    </form>
  )
}
