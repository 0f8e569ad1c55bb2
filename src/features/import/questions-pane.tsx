import { useId, useState } from 'react'
import type { ReactNode } from 'react'
import { Field } from '../../ui/field.tsx'
import { Key } from '../../ui/key.tsx'
import { useLocale } from '../../ui/locale.tsx'
import { Pane } from '../../ui/pane.tsx'
import type { ImportChoices } from '../../worker/api-office.ts'
import { amountExample, dateExample, dateReadings, decimalReadings } from './examples.ts'
import type { PreviewStage } from './use-import.ts'

type QuestionsProps = {
  readonly stage: PreviewStage
  readonly onAnswer: (choices: Partial<ImportChoices>) => void
  readonly storeNames: readonly string[]
}

/** What the file leaves open. Nothing is chosen beforehand. */
export function QuestionsPane({ stage, onAnswer, storeNames }: QuestionsProps) {
  const { asked } = stage
  const shown = asked.filter((question) => question !== 'mapping')
  if (shown.length === 0) return null
  return (
    <Pane
      title={shown.length === 1 ? 'One question' : `${shown.length} questions`}
      className="max-wide:order-2"
    >
      <div className="grid gap-5">
        {asked.includes('date-order') && <DateQuestion stage={stage} onAnswer={onAnswer} />}
        {asked.includes('decimal-mark') && <DecimalQuestion stage={stage} onAnswer={onAnswer} />}
        {asked.includes('store-name') && (
          <StoreQuestion stage={stage} onAnswer={onAnswer} storeNames={storeNames} />
        )}
      </div>
    </Pane>
  )
}

function DateQuestion({ stage, onAnswer }: Omit<QuestionsProps, 'storeNames'>) {
  const { locale } = useLocale()
  const example = dateExample(stage.preview)
  const readings = dateReadings(example, locale)
  return (
    <Choice
      question={example === null ? 'What comes first in a date?' : <Means text={example} />}
      options={[
        { value: 'mdy', label: readings?.monthFirst ?? 'The month' },
        { value: 'dmy', label: readings?.dayFirst ?? 'The day' },
      ]}
      chosen={stage.choices.dateOrder}
      onChoose={(dateOrder) => onAnswer({ dateOrder })}
    />
  )
}

function DecimalQuestion({ stage, onAnswer }: Omit<QuestionsProps, 'storeNames'>) {
  const { locale } = useLocale()
  const example = amountExample(stage.preview)
  const readings = decimalReadings(example, locale)
  return (
    <Choice
      question={example === null ? 'What stands before the decimals of an amount?' : <Means text={example} />}
      options={[
        { value: '.', label: readings?.point ?? 'A point' },
        { value: ',', label: readings?.comma ?? 'A comma' },
      ]}
      chosen={stage.choices.decimalMark}
      onChoose={(decimalMark) => onAnswer({ decimalMark })}
    />
  )
}

function Means({ text }: { text: string }) {
  return (
    <>
      <bdi className="figure rounded-s bg-fill px-1.5 py-0.5">{text}</bdi> means
    </>
  )
}

function Choice<Value extends string>({
  question,
  options,
  chosen,
  onChoose,
}: {
  question: ReactNode
  options: readonly { readonly value: Value; readonly label: string }[]
  chosen: string | null
  onChoose: (value: Value) => void
}) {
  const id = useId()
  return (
    <div role="group" aria-labelledby={id} className="grid gap-2">
      <p id={id}>{question}</p>
      <div className="flex flex-wrap gap-2">
        {options.map(({ value, label }) => (
          <Key key={value} pressed={chosen === value} onPress={() => onChoose(value)}>
            {label}
          </Key>
        ))}
      </div>
    </div>
  )
}

/** A store that is known joins its figures; any other name makes a new store. */
function StoreQuestion({ stage, onAnswer, storeNames }: QuestionsProps) {
  const { storeName } = stage.choices
  const [text, setText] = useState(storeName)
  const isNew = text.trim() !== '' && !storeNames.includes(text.trim())
  return (
    <form
      className="grid gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        onAnswer({ storeName: text.trim() })
      }}
    >
      <p>The file does not say which store sold this.</p>
      {storeNames.length > 0 && (
        <div className="flex flex-wrap gap-2" role="group" aria-label="Your stores">
          {storeNames.slice(0, 12).map((name) => (
            <Key
              key={name}
              pressed={storeName === name}
              onPress={() => {
                setText(name)
                onAnswer({ storeName: name })
              }}
            >
              {name}
            </Key>
          ))}
        </div>
      )}
      <div className="flex flex-wrap items-end gap-2">
        <Field
          label="Store name"
          value={text}
          onChange={setText}
          maxLength={200}
          autoComplete="off"
          className="min-w-52 flex-1"
          hint={isNew ? 'A new store, with the currency and time zone of your first one.' : undefined}
        />
        <Key type="submit" offReason={text.trim() === '' ? 'Give it a name' : null}>
          Use this name
        </Key>
      </div>
    </form>
  )
}
