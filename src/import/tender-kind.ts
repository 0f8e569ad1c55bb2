import type { TenderKind } from '#domain/order.ts'

const words: readonly (readonly [TenderKind, RegExp])[] = [
  ['gift-card', /gift|voucher|gutschein/],
  ['store-credit', /store credit|house account|guthaben/],
  ['cash', /\b(cash|bar|bargeld|efectivo|contanti|espèces|especes)\b/],
  [
    'card',
    /card|visa|amex|american express|discover|maestro|eftpos|credit|debit|apple pay|google pay|jcb|union ?pay|karte|tarjeta|carta/,
  ],
]

/** The kind of tender a text in an export names; `other` for an empty or unknown one, such as Square's empty card brand. */
export function tenderKind(text: string): TenderKind {
  const plain = text.trim().toLowerCase()
  return words.find(([, pattern]) => pattern.test(plain))?.[0] ?? 'other'
}
