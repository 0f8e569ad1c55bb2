import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { Icon } from '../../ui/icon.tsx'
import { Key } from '../../ui/key.tsx'

/** Puts a text on the clipboard. */
export function CopyKey({ text, what }: { text: string; what: string }) {
  const [copied, setCopied] = useState<string | null>(null)
  const isCopied = copied === text
  const copy = () => {
    // A browser that refuses leaves the text to be marked by hand.
    navigator.clipboard.writeText(text).then(
      () => setCopied(text),
      () => undefined,
    )
  }
  return (
    <Key
      size="small"
      square
      variant="flat"
      label={isCopied ? `Copied ${what}` : `Copy ${what}`}
      icon={<Icon of={isCopied ? Check : Copy} size={16} />}
      onPress={copy}
    />
  )
}
