import type { Digest } from '#protocol/pull.ts'
import type { ChangesScope } from './changes-scope.ts'
import { isInStore, isOfStore } from './changes-scope.ts'

/** [I9] As `digestOf` of the sync core, over all live rows in scope. */
export async function readDigest({ tx, storeId, holdsOrders, ordersSince }: ChangesScope): Promise<Digest> {
  const [row] = await tx.query<Digest>(
    `select
       (select ${digestOf(`kind || '/' || id || '@' || v`)} from record where not is_deleted and ${isInStore('$1')}) as records,
       (select ${digestOf(`'segment/' || store_id || '/' || to_char(month, 'YYYY-MM') || '@' || v`)}
          from segment where ${isOfStore('$1')}) as segments,
       (select ${digestOf(`'order/' || order_id || '@' || v`)} from orders
         where $2 and ${isOfStore('$1')} and business_day >= $3 and status <> 'withdrawn') as orders`,
    [storeId, holdsOrders, ordersSince],
  )
  return row!
}

function digestOf(line: string): string {
  const first64Bits = `('x' || left(md5(${line}), 16))::bit(64)::bigint`
  return `lpad(to_hex(coalesce(bit_xor(${first64Bits}), 0)), 16, '0')`
}
