import pg from 'pg'
import { setTimeout as delay } from 'node:timers/promises'
import type { Chance } from '../../simulation/chance.ts'
import type { HeldDatabase } from '../held-database.ts'

type Racing = { readonly writers: number; readonly times: number; readonly chance: Chance }

/**
 * The mistake that S1 forbids: rows numbered by a sequence when they are written, and a cursor that follows the numbers. A row
 * that is committed after a higher one was read is never seen.
 */
export async function serialRace(
  { url, query }: HeldDatabase,
  { writers, times, chance }: Racing,
): Promise<{ readonly written: number; readonly missed: number }> {
  await query('create table serial_race (id bigserial primary key)')
  const seen = new Set<number>()
  let [cursor, isOver] = [0, false]
  const write = async (): Promise<void> => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    for (let row = 0; row < times; row += 1) {
      await client.query('begin; insert into serial_race default values')
      await delay(chance.int(8))
      await client.query('commit')
    }
    await client.end()
  }
  const turn = async (): Promise<void> => {
    const rows = await query<{ id: number }>('select id from serial_race where id > $1 order by id', [cursor])
    for (const { id } of rows) seen.add(id)
    cursor = rows.at(-1)?.id ?? cursor
  }
  const read = async (): Promise<void> => {
    while (!isOver) await turn()
    await turn()
  }
  const following = read()
  following.catch(() => undefined)
  await Promise.all(Array.from({ length: writers }, write)).finally(() => {
    isOver = true
  })
  await following
  await query('drop table serial_race')
  const written = writers * times
  return { written, missed: written - seen.size }
}
