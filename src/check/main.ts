import { receiptCheck, type ReceiptProof } from '#protocol/proof.ts'
import { readReceiptAddress } from '#protocol/receipt-address.ts'
import { incompleteCode, noConnection, noReceipt, type Verdict, verdictOf } from './verdict.ts'
import './check.css'

/*
 * The public page behind a receipt's QR code: a customer's phone gets a few kilobytes, no app, no database, no service
 * worker. It asks about the one receipt whose hash it holds.
 */

const page = document.getElementById('check')
if (!page) throw new Error('check.html has no #check')

/** 64 bytes in base64url. A link that was cut is no false receipt. */
const SIGNATURE_LENGTH = 86

async function run(into: HTMLElement): Promise<void> {
  if (location.hash.length <= 1) return show(into, noReceipt)
  const proof = readReceiptAddress(location.hash)
  if (proof === null || proof.signature.length < SIGNATURE_LENGTH) return show(into, incompleteCode)
  into.replaceChildren(element('p', 'quiet', 'Checking the receipt'))
  show(into, await askFor(proof))
}

async function askFor(proof: ReceiptProof): Promise<Verdict> {
  try {
    const input = encodeURIComponent(JSON.stringify(proof))
    const response = await fetch(`/trpc/receipt.check?input=${input}`, { cache: 'no-store' })
    const body = (await response.json()) as { result?: { data?: unknown } }
    const check = receiptCheck.safeParse(body.result?.data)
    return check.success ? verdictOf(check.data, proof.seq, navigator.language) : noConnection
  } catch {
    return noConnection
  }
}

function show(into: HTMLElement, { look, heading, text, facts }: Verdict): void {
  into.dataset['look'] = look
  const list = element('dl', 'facts')
  for (const [label, value] of facts) list.append(element('dt', '', label), element('dd', '', value))
  into.replaceChildren(
    element('p', 'brand', 'Evertill'),
    element('h1', '', heading),
    element('p', '', text),
    ...(facts.length > 0 ? [list] : []),
  )
}

function element(name: string, className: string, text = ''): HTMLElement {
  const made = document.createElement(name)
  if (className !== '') made.className = className
  made.textContent = text
  return made
}

void run(page)
addEventListener('hashchange', () => void run(page))
