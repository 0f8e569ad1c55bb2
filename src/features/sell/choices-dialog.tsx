import { useState } from 'react'
import type { ModifierSet, Product, Variant } from '#domain/catalogue.ts'
import type { Currency } from '#domain/currency.ts'
import type { LineModifier } from '#domain/order.ts'
import { moveFocusByArrow } from '../../app/till/arrow-focus.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { formatMoney } from '../../ui/format.ts'
import { Key } from '../../ui/key.tsx'
import { useLocale } from '../../ui/locale.tsx'
import { choicesOf, chosenModifiers, choiceRule, toggleChoice, unansweredSet } from './choosing.ts'
import type { Choices } from './choosing.ts'

export interface ChoicesDialogProps {
  product: Product
  /** Chosen already, by a scan or a search hit; otherwise the first. */
  variantId: string | null
  modifierSets: readonly ModifierSet[]
  /** Those of a line that is in the order already. */
  modifiers?: readonly LineModifier[]
  currency: Currency
  /** What the key says: a new line is added, one that is there is changed. */
  verb?: 'Add' | 'Change'
  onAdd: (variant: Variant, modifiers: readonly LineModifier[]) => void
  onClose: () => void
}

/** Variant and modifiers of one product, with the price at the foot. */
export function ChoicesDialog({
  product,
  variantId,
  modifierSets,
  modifiers: before = [],
  currency,
  verb = 'Add',
  onAdd,
  onClose,
}: ChoicesDialogProps) {
  const { locale } = useLocale()
  const first = product.variants.find((variant) => variant.variantId === variantId) ?? product.variants[0]
  const [variant, setVariant] = useState(first)
  const [choices, setChoices] = useState<Choices>(() => choicesOf(before, modifierSets))
  if (!variant) return null
  const modifiers = chosenModifiers(choices, modifierSets)
  const priceMinor = modifiers.reduce((sum, modifier) => sum + modifier.priceMinor, variant.priceMinor)
  const missing = unansweredSet(choices, modifierSets)
  const price = formatMoney(priceMinor, currency.code, currency.exponent, locale)
  return (
    <Dialog
      open
      onClose={onClose}
      title={product.name}
      className="choices-dialog"
      actions={
        <>
          <Key variant="flat" onPress={onClose}>
            Cancel
          </Key>
          <Key
            variant="main"
            className="choices-add"
            data-autofocus={product.variants.length === 1 && modifierSets.length === 0 ? true : undefined}
            offReason={missing && `${missing.name}: ${choiceRule(missing).toLowerCase()}`}
            onPress={() => onAdd(variant, modifiers)}
          >
            <span>{missing ? `Choose ${missing.name.toLowerCase()}` : verb}</span>
            <span className="figure">{price}</span>
          </Key>
        </>
      }
    >
      <div className="choices" onKeyDown={moveFocusByArrow}>
        {product.variants.length > 1 && (
          <fieldset>
            <legend className="sr-only">Choose 1</legend>
            <div className="choice-keys">
              {product.variants.map((one) => (
                <ChoiceKey
                  key={one.variantId}
                  name={one.name}
                  priceText={formatMoney(one.priceMinor, currency.code, currency.exponent, locale, {
                    symbol: false,
                  })}
                  isChosen={one === variant}
                  isFirst={one === first}
                  onPress={() => setVariant(one)}
                />
              ))}
            </div>
          </fieldset>
        )}
        {modifierSets.map((set) => (
          <ModifierKeys
            key={set.modifierSetId}
            set={set}
            choices={choices}
            currency={currency}
            onToggle={(modifierId) => setChoices((last) => toggleChoice(last, set, modifierId))}
          />
        ))}
      </div>
    </Dialog>
  )
}

function ModifierKeys({
  set,
  choices,
  currency,
  onToggle,
}: {
  set: ModifierSet
  choices: Choices
  currency: Currency
  onToggle: (modifierId: string) => void
}) {
  const { locale } = useLocale()
  const chosen = choices[set.modifierSetId] ?? []
  const rule = choiceRule(set)
  const isFull = set.mostChoices > 1 && chosen.length >= set.mostChoices
  return (
    <fieldset>
      <legend>
        {set.name} {rule && <span className="text-ink-3">{rule}</span>}
      </legend>
      <div className="choice-keys">
        {set.modifiers.map(({ modifierId, name, priceMinor }) => {
          const isChosen = chosen.includes(modifierId)
          const options = { symbol: false, sign: 'always' } as const
          return (
            <ChoiceKey
              key={modifierId}
              name={name}
              priceText={
                priceMinor === 0
                  ? ''
                  : formatMoney(priceMinor, currency.code, currency.exponent, locale, options)
              }
              isChosen={isChosen}
              offReason={isFull && !isChosen ? `Only ${set.mostChoices}: take one back first` : null}
              onPress={() => onToggle(modifierId)}
            />
          )
        })}
      </div>
    </fieldset>
  )
}

function ChoiceKey({
  name,
  priceText,
  isChosen,
  isFirst = false,
  offReason = null,
  onPress,
}: {
  name: string
  priceText: string
  isChosen: boolean
  isFirst?: boolean
  offReason?: string | null
  onPress: () => void
}) {
  return (
    <Key
      className="choice-key"
      pressed={isChosen}
      offReason={offReason}
      data-autofocus={isFirst ? true : undefined}
      onPress={onPress}
    >
      <span dir="auto">{name}</span>
      {priceText && <span className="figure light">{priceText}</span>}
    </Key>
  )
}
