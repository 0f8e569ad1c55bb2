-- What a first load hands out as it lies here, and what compaction has to remember.

-- Recent orders of a store in columns and deflated, for devices to store as they come. Packs follow each other without a
-- gap in the order of (v, order_id): one that is not stale holds exactly the paid orders from above its `from` up to its `to` that were recent
-- when it was sealed. An order that changes gets a higher v, so it stands above all packs until a later one takes it in.
create table order_pack (
  tenant_id uuid not null default current_setting('app.tenant')::uuid references tenant,
  store_id uuid not null,
  pack_no integer not null,
  from_v bigint not null,
  from_order_id uuid not null,
  to_v bigint not null,
  to_order_id uuid not null,
  last_business_day date not null,
  -- An order of it has changed: it is sealed again soon, and its orders travel one by one until then.
  is_stale boolean not null default false,
  -- `orderPack` of the protocol as JSON, without `docs`.
  columns text not null,
  -- As they travel, in base64: a pack is read far more often than it is sealed.
  docs text not null,
  primary key (tenant_id, store_id, pack_no)
);
-- Deflated already, or soon inflated.
alter table order_pack alter column columns set storage external, alter column docs set storage external;

-- Whoever changes orders holds the tenant's version, and so does the sealer when it writes: neither misses the other.
create function mark_stale_packs() returns trigger language plpgsql as $$
begin
  -- Also called where orders were stored and none was changed.
  if not exists (select from before) then
    return null;
  end if;
  update order_pack p set is_stale = true
    from (select distinct p.store_id, p.pack_no
            from before b join order_pack p on p.store_id = b.store_id
             and (b.v, b.order_id) > (p.from_v, p.from_order_id) and (b.v, b.order_id) <= (p.to_v, p.to_order_id)) touched
   where p.store_id = touched.store_id and p.pack_no = touched.pack_no;
  return null;
end $$;
create trigger orders_repacked after update on orders referencing old table as before
  for each statement execute function mark_stale_packs();

-- Refunded orders are in no pack.
create index orders_refunded on orders (tenant_id, store_id, business_day) where status = 'refunded';
-- [L6] Tombstones, oldest first.
create index orders_withdrawn on orders (tenant_id, v) where status = 'withdrawn';
create index record_deleted on record (tenant_id, v) where is_deleted;

-- [L6] Where the tenant's versions were at a time, noted by compaction: rows have no time of their own.
create table version_mark (
  tenant_id uuid not null default current_setting('app.tenant')::uuid references tenant,
  v bigint not null,
  marked_at timestamptz not null,
  primary key (tenant_id, v)
);

do $$
declare guarded text;
begin
  foreach guarded in array array['order_pack', 'version_mark'] loop
    execute format('alter table %I enable row level security', guarded);
    execute format('alter table %I force row level security', guarded);
    execute format(
      'create policy one_tenant on %I to evertill_app
         using (tenant_id = current_setting(''app.tenant'')::uuid)
         with check (tenant_id = current_setting(''app.tenant'')::uuid)', guarded);
    execute format('create policy system on %I to current_user using (true) with check (true)', guarded);
    execute format('grant select, insert, update, delete on %I to evertill_app', guarded);
  end loop;
end $$;
