export type FieldName = { readonly field: string; readonly label: string; readonly isBasic?: true }

/** What a column can mean, in a person's words. The basic ones are enough for most files; names are those of `--map`. */
export const fields: readonly FieldName[] = [
  { field: 'date', label: 'Date', isBasic: true },
  { field: 'time', label: 'Time', isBasic: true },
  { field: 'dateTime', label: 'Date and time in one', isBasic: true },
  { field: 'product', label: 'Product', isBasic: true },
  { field: 'quantity', label: 'Quantity', isBasic: true },
  { field: 'unitPrice', label: 'Unit price', isBasic: true },
  { field: 'net', label: 'Net amount', isBasic: true },
  { field: 'total', label: 'Total with tax', isBasic: true },
  { field: 'transactionId', label: 'Order id', isBasic: true },
  { field: 'store', label: 'Store', isBasic: true },
  { field: 'gross', label: 'Amount before discount' },
  { field: 'discount', label: 'Discount' },
  { field: 'tax', label: 'Tax' },
  { field: 'category', label: 'Category' },
  { field: 'variant', label: 'Variant' },
  { field: 'productId', label: 'Product id' },
  { field: 'sku', label: 'SKU' },
  { field: 'barcode', label: 'Barcode' },
  { field: 'tender', label: 'Payment method' },
  { field: 'eventType', label: 'Sale or refund' },
  { field: 'register', label: 'Register' },
  { field: 'receiptNumber', label: 'Receipt number' },
  { field: 'timeZone', label: 'Time zone' },
  { field: 'modifiers', label: 'Options' },
  { field: 'customer', label: 'Customer' },
  { field: 'note', label: 'Note' },
]

/** What must be chosen before the rows can be read; empty when that is enough. */
export function missingChoices(mapping: Readonly<Record<string, string>>): string[] {
  const has = (field: string): boolean => Boolean(mapping[field])
  const missing: string[] = []
  if (!has('date') && !has('dateTime')) missing.push('a date')
  if (!has('product')) missing.push('a product')
  if (!has('net') && !has('total') && !has('gross') && !(has('unitPrice') && has('quantity')))
    missing.push('the money: a net amount, a total, or a unit price with a quantity')
  return missing
}
