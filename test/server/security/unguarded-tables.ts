import type { Tx } from '../../../server/database/pool.ts'

/** A table of tenants' rows and what its isolation lacks. */
export type Unguarded = { readonly table: string; readonly lacks: string }

/** Asks PostgreSQL's own catalogue, so a table that somebody adds and forgets to guard is found too. */
export function unguardedTables(tx: Tx): Promise<Unguarded[]> {
  return tx.query<Unguarded>(
    `with shared as (
       select c.oid, c.relname, c.relrowsecurity, c.relforcerowsecurity from pg_class c
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
         and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped)
     ), of_app as (
       -- Restrictive policies only narrow what these let through.
       select p.polrelid, bool_and(p.polcmd = '*') as is_for_all,
         bool_and(pg_get_expr(p.polqual, p.polrelid) = asked) as hides_others,
         bool_and(pg_get_expr(p.polwithcheck, p.polrelid) = asked) as refuses_others
       from pg_policy p, (values ('(tenant_id = (current_setting(''app.tenant''::text))::uuid)')) as expression (asked)
       where p.polpermissive and p.polroles && array[0::oid, 'evertill_app'::regrole::oid] group by p.polrelid
     )
     select relname as table, lacks from shared left join of_app on polrelid = shared.oid
     cross join lateral (values
       ('row-level security', not relrowsecurity),
       ('force', not relforcerowsecurity),
       ('policy', polrelid is null or not is_for_all),
       ('using', hides_others is not true),
       ('with check', refuses_others is not true)
     ) as checked (lacks, is_lacking)
     where is_lacking order by 1, 2`,
  )
}
