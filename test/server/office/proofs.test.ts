import { randomUUID } from 'node:crypto'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import type { Operation } from '#sync/operation.ts'
import { checkExport } from '../../../server/audit/check-export.ts'
import { exportJournals } from '../../../server/office/journal-export.ts'
import type { Database } from '../../../server/database/pool.ts'
import { verifyJournals } from '../../../server/office/journals.ts'
import { checkReceipt } from '../../../server/office/receipts.ts'
import { acceptOperations } from '../../../server/use-cases/accept-operations.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { serve } from '../served.ts'
import {
  aBusiness,
  enrolRegister,
  ingestPartsOn,
  openShop,
  type Shop,
  type VirtualRegister,
} from '../virtual-shop.ts'

let on: TestDatabase
let shop: Shop
let register: VirtualRegister

beforeEach(async () => {
  await on?.drop()
  on = await createTestDatabase({ max: 5 })
  shop = await openShop(on.database)
  register = await enrolRegister(on.database, shop)
  for (let sale = 0; sale < 3; sale += 1) register.sell()
  await acceptOperations(ingestPartsOn(on.database), await register.batch())
})
afterAll(() => on.drop())

const tamper = (sql: string) => on.database.asSystem((tx) => tx.query(sql))

describe('[I3] the proof of the journals', () => {
  test('says of each device that operations 1 … n are held, intact and signed', async () => {
    const [proof] = await verifyJournals(on.database, shop.tenantId)
    expect(proof).toMatchObject({
      installId: register.installId,
      heldSeq: register.head.seq,
      chain: register.head.chain,
      signedSeq: register.head.seq,
      isIntact: true,
      broken: null,
    })
  })

  test.each([
    [
      'a changed payload',
      `update operation set payload = replace(payload, '1', '2') where seq = 2`,
      2,
      'hash',
    ],
    ['a missing operation', 'delete from operation where seq = 2', 2, 'gap'],
    ['a missing end', 'delete from operation where seq = 3; delete from batch_signature', 3, 'head'],
    ['a forged signature', `update batch_signature set signature = 'AAAA'`, 3, 'signature'],
  ])('finds %s', async (_, sql, seq, reason) => {
    expect(register.head.seq).toBe(3)
    for (const statement of sql.split(';')) await tamper(statement)
    const [proof] = await verifyJournals(on.database, shop.tenantId)
    expect(proof).toMatchObject({ isIntact: false, broken: { seq, reason } })
  })

  /** Counts transactions; after the first of them the register writes on. */
  const whileWriting = () => {
    let transactions = 0
    const database: Database = {
      ...on.database,
      asTenant: async (...given) => {
        const answer = await on.database.asTenant(...given)
        if ((transactions += 1) === 1) {
          register.sell()
          await acceptOperations(ingestPartsOn(on.database), await register.batch())
        }
        return answer
      },
    }
    return { database, transactions: () => transactions }
  }

  test('finds nothing broken in a journal that is written on meanwhile', async () => {
    const [proof] = await verifyJournals(whileWriting().database, shop.tenantId)
    expect(register.head.seq).toBe(4)
    expect(proof).toMatchObject({ heldSeq: 4, chain: register.head.chain, signedSeq: 4, isIntact: true })
  })

  test('reads short journals together, and says of each what it says of it alone', async () => {
    const registers = [register]
    for (let count = 1; count < 6; count += 1) {
      const other = await enrolRegister(on.database, shop)
      for (let sale = 0; sale < count; sale += 1) other.sell()
      await acceptOperations(ingestPartsOn(on.database), await other.batch())
      registers.push(other)
    }
    const silent = await enrolRegister(on.database, shop)
    await tamper(
      `update operation set hash = repeat('0', 64) where install_id = '${registers[3]!.installId}' and seq = 2`,
    )
    const { database, transactions } = whileWriting()
    const proofs = await verifyJournals(database, shop.tenantId)
    expect(transactions()).toBe(2)
    expect(proofs.map(({ installId, heldSeq, broken }) => [installId, heldSeq, broken?.seq ?? null])).toEqual(
      [
        ...registers.map(({ installId, head }, place) => [installId, head.seq, place === 3 ? 2 : null]),
        [silent.installId, 0, null],
      ],
    )
  })

  test('follows a journal of more operations than are read at once', async () => {
    for (let sale = 0; sale < 1_000; sale += 1) register.sell()
    for (let batch = 0; batch < 3; batch += 1)
      await acceptOperations(ingestPartsOn(on.database), await register.batch())
    const proof = async () => (await verifyJournals(on.database, shop.tenantId))[0]
    expect(await proof()).toMatchObject({ heldSeq: 1_003, signedSeq: 1_003, isIntact: true })
    await tamper('update operation set occurred_at = now() where seq = 1002')
    expect(await proof()).toMatchObject({ heldSeq: 1_003, broken: { seq: 1_002, reason: 'hash' } })
  })

  test('the audit export is intact by itself, and not after a change in the database', async () => {
    const check = () => checkExport(exportJournals(on.database, shop.tenantId, 5))
    expect(await check()).toMatchObject({
      businessName: aBusiness.businessName,
      journals: [{ installId: register.installId, operations: 3, signedSeq: 3 }],
      problems: [],
    })
    await tamper(`update operation set occurred_at = occurred_at + interval '1 hour' where seq = 1`)
    expect((await check()).problems).toEqual([expect.stringContaining('operation 1 was changed')])
  })

  test('the file is the signed-in owner’s alone', async () => {
    const served = await serve(on.database)
    const { email, password } = aBusiness
    const signedIn = await served.mutate('session.signIn', { email, password })
    const get = (cookie?: string) =>
      served.app.inject({
        url: '/audit/journals.jsonl',
        headers: cookie ? { cookie: `evertill_session=${cookie}` } : {},
      })
    expect((await get()).statusCode).toBe(401)
    const file = await get(signedIn.cookie)
    expect(file.statusCode).toBe(200)
    expect(file.headers['content-disposition']).toMatch(/attachment/)
    expect(file.body.trim().split('\n').at(-1)).toBe('{"end":{"operations":3}}')
    await served.app.close()
  })
})

describe('a receipt’s QR code', () => {
  const proofOf = async (operation: Operation, by: VirtualRegister = register) => ({
    installId: operation.installId,
    seq: operation.seq,
    hash: operation.hash,
    signature: await by.sign(`evertill-receipt:${operation.hash}`),
  })
  const sale = () => register.journal.findLast(({ kind }) => kind === 'order.paid')!

  test('is genuine where the journal here has this sale at this place, signed by its device', async () => {
    const check = await checkReceipt(on.database, await proofOf(sale()))
    expect(check).toMatchObject({
      status: 'held',
      isSigned: true,
      businessName: aBusiness.businessName,
      receiptNumber: expect.stringMatching(/^\d+-\d+$/),
      currency: { code: 'USD', exponent: 2 },
    })
  })

  test('of a sale that has not arrived is awaited, and nothing is said of it', async () => {
    register.sell()
    expect(await checkReceipt(on.database, await proofOf(sale()))).toMatchObject({
      status: 'awaited',
      isSigned: true,
      totalMinor: null,
      businessName: null,
    })
  })

  test('with another hash differs, and shows nothing of the sale that stands there', async () => {
    const proof = { ...(await proofOf(sale())), hash: 'f'.repeat(64) }
    expect(await checkReceipt(on.database, proof)).toMatchObject({
      status: 'differs',
      receiptNumber: null,
      totalMinor: null,
      businessName: null,
    })
  })

  test('of no device of ours, or unsigned and not arrived, is unknown', async () => {
    const proof = await proofOf(sale())
    const unknown = { status: 'unknown', isSigned: false, businessName: null }
    expect(await checkReceipt(on.database, { ...proof, installId: randomUUID() })).toMatchObject(unknown)
    expect(await checkReceipt(on.database, { ...proof, seq: 99, signature: 'AAAA' })).toMatchObject(unknown)
  })

  test('signed by another device is held, and not signed', async () => {
    const other = await enrolRegister(on.database, shop)
    expect(await checkReceipt(on.database, await proofOf(sale(), other))).toMatchObject({
      status: 'held',
      isSigned: false,
    })
  })
})
