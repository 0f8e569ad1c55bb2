import type { PaidOrder } from '#domain/order.ts'
import type { OperationResult } from '#sync/operation.ts'
import { createIngestStore } from '../../../server/database/ingest-store.ts'
import type { Database } from '../../../server/database/pool.ts'
import type {
  Effects,
  IngestStore,
  InstallState,
  Known,
  Mentioned,
  OrderWrite,
} from '../../../server/use-cases/ports.ts'
import { noEffects } from '../reading-device.ts'
import { enrolRegister, type SaleOptions, type Shop, type VirtualRegister } from '../virtual-shop.ts'

const unmentioned: Mentioned = {
  opIds: [],
  staffIds: [],
  orderIds: [],
  paymentIds: [],
  receiptNumbers: [],
  shiftIds: [],
  registerIds: [],
  openingRegisterIds: [],
  records: [],
  stock: [],
  counts: [],
}

/** An enrolled register whose decisions the tests make themselves, to see what the store makes of them. */
export type Ingesting = {
  readonly store: IngestStore
  readonly register: VirtualRegister
  readonly install: InstallState
  /** Journals something and takes it with these effects. */
  accept(effects: Partial<Effects>, result?: Partial<OperationResult>): Promise<boolean>
  /** A sale that the next operation brings. */
  sale(
    options?: SaleOptions & { readonly shiftId?: string | null; readonly order?: Partial<PaidOrder> },
  ): OrderWrite
  known(mentioned: Partial<Mentioned>): Promise<Known>
  ask<Row extends object>(sql: string, values?: unknown[]): Promise<Row[]>
  /** The first row. */
  one<Row extends object>(sql: string, values?: unknown[]): Promise<Row>
  /** [I10] Levels that are not the sum of their movements. */
  wrongLevels(): Promise<object[]>
}

export async function ingestingOn(database: Database, shop: Shop): Promise<Ingesting> {
  const store = createIngestStore(database)
  const register = await enrolRegister(database, shop)
  const install = (await store.findInstall(register.installId))!
  const ask = <Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> =>
    database.asTenant(shop.tenantId, (tx) => tx.query<Row>(sql, values))
  return {
    store,
    register,
    install,
    accept(effects, result = {}) {
      const operation = register.append('anything', { some: 'bytes' })
      const applied: OperationResult = { seq: operation.seq, status: 'applied', flags: [] }
      return store.inIngest(install, (tx) =>
        tx.accept([{ operation, result: { ...applied, ...result } }], { ...noEffects, ...effects }),
      )
    },
    sale({ shiftId = null, order, ...more } = {}) {
      return {
        order: { ...register.buildOrder(more), shiftId, ...order },
        installId: register.installId,
        seq: register.head.seq + 1,
        shiftId,
      }
    },
    known: (mentioned) => store.inIngest(install, (tx) => tx.known({ ...unmentioned, ...mentioned })),
    ask,
    one: async <Row extends object>(sql: string, values?: unknown[]) => (await ask<Row>(sql, values))[0]!,
    wrongLevels: () =>
      ask(
        `select * from (select store_id, product_id, coalesce(variant_id, '') as variant_id, sum(quantity_milli)::bigint as moved
           from stock_movement group by 1, 2, 3) m full join stock_level using (store_id, product_id, variant_id)
         where moved is distinct from level_milli`,
      ),
  }
}
