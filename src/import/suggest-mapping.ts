import { importFields } from './column-mapping.ts'
import type { ColumnMapping, ImportField } from './column-mapping.ts'

/**
 * A first mapping for an unknown header by common names, for a person to look over. Each column is used once and a
 * name that stands twice in the header not at all.
 */
export function suggestMapping(header: readonly string[]): ColumnMapping {
  const columns = new Map<string, string[]>()
  for (const name of header) {
    const plain = plainName(name)
    columns.set(plain, [...(columns.get(plain) ?? []), name])
  }
  const mapping: { [field in ImportField]?: string } = {}
  const taken = new Set<string>()
  for (const field of importFields) {
    if (field === 'date' && mapping.dateTime) continue
    const found = synonyms[field].find((synonym) => columns.get(synonym)?.length === 1 && !taken.has(synonym))
    if (!found) continue
    taken.add(found)
    mapping[field] = columns.get(found)?.[0] ?? ''
  }
  return mapping
}

function plainName(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}

/** Best first, in the form of `plainName`. English and the words of common German, French, Spanish, Italian exports. */
const synonyms: Readonly<Record<ImportField, readonly string[]>> = {
  date: [
    ...['date', 'transactiondate', 'saledate', 'salesdate', 'orderdate', 'invoicedate', 'businessday', 'day'],
    ...['datum', 'belegdatum', 'fecha', 'data'],
  ],
  time: ['time', 'transactiontime', 'saletime', 'ordertime', 'uhrzeit', 'zeit', 'heure', 'hora', 'ora'],
  dateTime: ['datetime', 'timestamp', 'createdat', 'paidat', 'soldat', 'closedat', 'zeitstempel'],
  timeZone: ['timezone', 'zeitzone'],
  transactionId: ['transactionid', 'orderid', 'saleid', 'invoiceid', 'transaction', 'ordernumber', 'name'],
  receiptNumber: [
    'receiptnumber',
    'receiptno',
    'receipt',
    'invoiceno',
    'invoicenumber',
    'bonnummer',
    'belegnummer',
  ],
  store: ['store', 'storename', 'storelocation', 'location', 'outlet', 'branch', 'shop', 'filiale', 'tienda'],
  register: [
    'register',
    'registername',
    'device',
    'devicename',
    'till',
    'pos',
    'terminal',
    'kasse',
    'caisse',
    'caja',
  ],
  product: [
    ...[
      'product',
      'productname',
      'item',
      'itemname',
      'lineitemname',
      'productdetail',
      'description',
      'productline',
    ],
    ...['artikel', 'artikelname', 'bezeichnung', 'produkt', 'produit', 'producto', 'prodotto', 'articolo'],
  ],
  productId: ['productid', 'itemid', 'artikelnummer'],
  variant: ['variant', 'variantname', 'varianttitle', 'pricepointname', 'size', 'variante'],
  category: [
    'category',
    'productcategory',
    'department',
    'kategorie',
    'warengruppe',
    'categorie',
    'categoria',
  ],
  sku: ['sku', 'itemsku', 'lineitemsku', 'variantsku'],
  barcode: ['barcode', 'gtin', 'ean', 'upc', 'eancode', 'variantbarcode'],
  quantity: [
    'quantity',
    'qty',
    'transactionqty',
    'lineitemquantity',
    'units',
    'menge',
    'anzahl',
    'quantite',
    'cantidad',
  ],
  unitPrice: [
    'unitprice',
    'price',
    'priceeach',
    'lineitemprice',
    'itemprice',
    'einzelpreis',
    'preis',
    'prix',
    'precio',
  ],
  gross: ['grosssales', 'gross', 'grossamount'],
  discount: [
    'discount',
    'discounts',
    'discountamount',
    'lineitemdiscount',
    'rabatt',
    'remise',
    'descuento',
    'sconto',
  ],
  net: ['netsales', 'net', 'netamount', 'netto', 'cogs'],
  tax: ['tax', 'taxes', 'taxamount', 'vat', 'salestax', 'mwst', 'steuer', 'tva', 'iva'],
  total: [
    'total',
    'totalcollected',
    'linetotal',
    'totalprice',
    'grandtotal',
    'amount',
    'summe',
    'gesamt',
    'betrag',
  ],
  tender: [
    'tender',
    'tendertype',
    'payment',
    'paymentmethod',
    'paymenttype',
    'cardbrand',
    'zahlart',
    'zahlungsart',
  ],
  eventType: ['eventtype', 'transactiontype', 'receipttype', 'saletype'],
  modifiers: ['modifiers', 'modifiersapplied', 'options', 'addons'],
  customer: ['customer', 'customername', 'kunde', 'client', 'cliente'],
  note: ['note', 'notes', 'comment', 'notiz'],
}
