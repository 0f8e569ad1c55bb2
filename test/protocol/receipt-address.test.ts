import { describe, expect, test } from 'vitest'
import { readReceiptAddress, receiptAddress } from '#protocol/receipt-address.ts'

const proof = {
  installId: '0b1f6a52-1f0e-4c5e-9d55-4d8f5e1a7c01',
  seq: 184,
  hash: 'a'.repeat(64),
  signature: 'zX-_9'.repeat(17),
}

describe('the address in a receipt’s QR code', () => {
  test('says where the sale stands and who signed it, and nothing of it is sent to a server by opening it', () => {
    const address = receiptAddress('https://pos.example', proof)
    expect(new URL(address).pathname).toBe('/check')
    expect(new URL(address).search).toBe('')
    expect(readReceiptAddress(address)).toEqual(proof)
    expect(readReceiptAddress(new URL(address).hash)).toEqual(proof)
  })

  test.each([
    '',
    '#',
    'https://pos.example/check',
    '#2.x.1.y.z',
    '#1.short.1.a.b',
    `#1.${'0'.repeat(32)}.x..`,
  ])('%s is none', (text) => {
    expect(readReceiptAddress(text)).toBeNull()
  })
})
