-- What the whole sync protocol keeps: stock and shifts as sums of their facts, edits with who wrote what, payments taken
-- twice, signatures for an auditor, and how far each device has come.

-- [S1] As before, but the transaction's version is read once for all rows.
create or replace function refuse_unstamped() returns trigger language plpgsql as $$
declare stamp bigint := current_version();
begin
  if exists (select from written where written.v is distinct from stamp) then
    raise exception 'synced rows of % written without the version of this transaction: call next_version() first', tg_table_name
      using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end $$;

-- [L6] Tombstones up to here are gone.
alter table sync_head add column compacted_v bigint not null default 0;

alter table install
  -- [L6] Up to here the device holds everything in its scope; null until it has loaded.
  add column cursor bigint,
  -- Where its journal ends by its own account, what is unsent included.
  add column reported_seq integer,
  add column app_version text,
  -- [P2] The install that its device goes on as.
  add column forked_into uuid,
  -- Last operation that a kept signature covers.
  add column signed_seq integer not null default 0;

-- Proof for an auditor: the device's signature over the chain at the end of each batch it sent.
create table batch_signature (
  tenant_id uuid not null default current_setting('app.tenant')::uuid references tenant,
  install_id uuid not null,
  seq integer not null,
  chain text not null,
  signature text not null,
  primary key (tenant_id, install_id, seq)
);

alter table record
  -- [L7] Null: for every device of the tenant; otherwise for those of this store and the offices.
  add column store_id uuid,
  -- [R3] Who wrote each field last, by its path.
  add column writers jsonb not null default '{}',
  -- As it was when it was deleted, for a person who wants it back; devices get none.
  add column last_doc jsonb check (last_doc is null or is_deleted);

-- [P2] [P3] The same operation in another journal of its device, after a fork: it has its place there and no effect.
alter table operation add column is_repeat boolean not null default false;
drop index operation_by_id;
create unique index operation_by_id on operation (tenant_id, op_id) where not is_repeat;

-- [P4] What is tried again after an upgrade.
create index operation_parked on operation (tenant_id, recorded_at) where status = 'parked';
-- `v` grows with `seq`, so the primary key finds the last seq at or below a version as fast.
drop index operation_by_version;

-- An order's document stands once: in the operation that brought it, or here where no journal of ours has it.
alter table orders
  add column doc text,
  -- [R6] Its shift was closed when it came: it counts in the register's next one, which is not open yet.
  add column shift_late boolean not null default false,
  drop constraint orders_status_check,
  add constraint orders_status_check check (status in ('paid', 'refunded', 'withdrawn'));
create index orders_refunds on orders (tenant_id, refund_of) where refund_of is not null;
create index orders_late on orders (tenant_id, register_id) where shift_late;

-- The rows that are there keep their versions.
alter table orders disable trigger orders_updated;
with line as (
  select tenant_id, order_id, jsonb_agg(detail || jsonb_build_object('lineId', line_id, 'productId', product_id,
      'variantId', variant_id, 'categoryId', category_id, 'name', name, 'variantName', variant_name, 'sku', sku,
      'quantityMilli', quantity_milli, 'unitPriceMinor', unit_price_minor, 'grossMinor', gross_minor,
      'discountMinor', discount_minor, 'orderDiscountMinor', order_discount_minor, 'netMinor', net_minor,
      'taxMinor', tax_minor, 'totalMinor', total_minor) order by line_no) as docs
    from order_line group by 1, 2
), paid as (
  select tenant_id, order_id, jsonb_agg(jsonb_build_object('paymentId', payment_id, 'tender', tender,
      'amountMinor', amount_minor, 'tenderedMinor', tendered_minor, 'changeMinor', change_minor) order by payment_no) as docs
    from payment group by 1, 2
), moved as (
  select tenant_id, order_id, jsonb_agg(jsonb_build_object('movementId', movement_id, 'productId', product_id,
      'variantId', variant_id, 'quantityMilli', quantity_milli) order by movement_id) as docs
    from stock_movement group by 1, 2
), made as (
  select tenant_id, order_id, jsonb_build_object(
      'orderId', order_id, 'storeId', store_id, 'registerId', register_id, 'shiftId', shift_id,
      'receiptNumber', receipt_number, 'status', 'paid',
      'occurredAt', (extract(epoch from occurred_at) * 1000)::bigint,
      'businessDay', business_day, 'businessHour', business_hour, 'staffId', staff_id, 'customerId', customer_id,
      'refundOf', refund_of, 'pricing', detail -> 'pricing', 'orderDiscount', detail -> 'orderDiscount', 'note', detail -> 'note',
      'totals', jsonb_build_object('grossMinor', gross_minor, 'discountMinor', discount_minor, 'netMinor', net_minor,
        'taxMinor', tax_minor, 'totalMinor', total_minor, 'taxes', detail -> 'taxes'),
      'cashRoundingMinor', cash_rounding_minor, 'lines', coalesce(line.docs, '[]'), 'payments', coalesce(paid.docs, '[]'),
      'movements', coalesce(moved.docs, '[]'))::text as doc
    from orders left join line using (tenant_id, order_id) left join paid using (tenant_id, order_id)
      left join moved using (tenant_id, order_id)
   where install_id is null
)
update orders set doc = made.doc from made where (orders.tenant_id, orders.order_id) = (made.tenant_id, made.order_id);
alter table orders enable trigger orders_updated;

alter table orders
  drop column detail,
  add constraint orders_have_one_document check ((doc is null) = (install_id is not null));

-- Lines stand in the documents; what is asked across orders is in the rollups. Lines of sales and refunds both count up,
-- so that none means that no order names the product.
alter table rollup_product add column lines integer not null default 0;
update rollup_product r set lines = l.lines
  from (select tenant_id, store_id, business_day, coalesce(product_id, '') as product_id, coalesce(category_id, '') as category_id,
               count(*) as lines
          from orders join order_line using (tenant_id, order_id) where status <> 'withdrawn' group by 1, 2, 3, 4, 5) l
 where (r.tenant_id, r.store_id, r.day, r.product_id, r.category_id)
     = (l.tenant_id, l.store_id, l.business_day, l.product_id, l.category_id);
alter table rollup_product alter column lines drop default;
drop table order_line;
-- Sums are folded by the program, which has the documents in hand.
drop function roll_up_orders;

-- Checked row by row these cost more than storing the rows. All are written in one transaction with what they refer to,
-- whose row is locked or just written, and only the tombstones of an import are ever deleted.
alter table operation drop constraint operation_tenant_id_fkey, drop constraint operation_tenant_id_install_id_fkey;
alter table orders drop constraint orders_tenant_id_fkey;
alter table payment drop constraint payment_tenant_id_order_id_fkey;
alter table stock_movement drop constraint stock_movement_tenant_id_order_id_fkey;

-- Journals are read by the row: a payload stands in it, as it came, up to the size of a page.
alter table operation alter column payload set storage external;
alter table operation set (toast_tuple_target = 8160);
alter table orders alter column doc set storage external;

alter table payment
  -- [R4] Null: it came with its order. Otherwise the operation that paid an order which was paid already.
  add column install_id uuid,
  add column seq integer,
  -- Of such a payment only: where and when its money counts. Null and late: in the register's next shift ([R6]).
  add column register_id uuid,
  add column shift_id uuid,
  add column shift_late boolean not null default false,
  add column business_day date,
  add column receipt_number text,
  add check ((install_id is null) = (seq is null));
create index payment_late on payment (tenant_id, register_id) where shift_late;

-- [R5] Everything that changes a level.
alter table stock_movement
  alter column order_id drop not null,
  add column kind text not null default 'sale' check (kind in ('sale', 'count', 'received', 'written-off')),
  add column install_id uuid,
  add column seq integer,
  add column v bigint,
  add check ((kind = 'sale') = (order_id is not null));
update stock_movement m set install_id = o.install_id, seq = o.seq, v = o.v
  from orders o where (o.tenant_id, o.order_id) = (m.tenant_id, m.order_id);
alter table stock_movement
  alter column kind drop default,
  alter column v set default current_version(),
  alter column v set not null;
-- A level is kept, and what a counter has not seen is what came last: nobody asks for a product's whole history. Rows are
-- added in the order of `v`, so a summary of each range of pages finds them; a tree would cost as much as storing the row.
drop index stock_movement_by_product;
create index stock_movement_by_version on stock_movement using brin (v) with (pages_per_range = 32);

-- [I10] = Σ movements, kept in their transaction. variant_id '': the product has no variants of its own.
create table stock_level (
  tenant_id uuid not null default current_setting('app.tenant')::uuid references tenant,
  store_id uuid not null,
  product_id text not null,
  variant_id text not null,
  level_milli bigint not null,
  -- Counted or received once, so that a level below zero says something.
  is_kept boolean not null,
  primary key (tenant_id, store_id, product_id, variant_id)
) with (fillfactor = 80);
insert into stock_level
  select tenant_id, store_id, product_id, coalesce(variant_id, ''), sum(quantity_milli), false
    from stock_movement group by 1, 2, 3, 4;

-- [R6] One install writes a shift; what it said at the close stands beside what the facts sum up to.
alter table shift
  add column install_id uuid,
  add column opened_v bigint default current_version(),
  add column z_number integer,
  add column order_count integer,
  add column net_minor bigint,
  -- Null where only the close could be read so far.
  alter column opened_at drop not null,
  alter column opening_float_minor drop not null;
create index shift_open on shift (tenant_id, register_id) where closed_at is null;
update shift s set install_id = p.install_id
  from operation p
 where p.tenant_id = s.tenant_id and p.kind = 'shift.opened' and p.status = 'applied'
   and p.payload::json ->> 'shiftId' = s.shift_id::text;

create table cash_movement (
  tenant_id uuid not null default current_setting('app.tenant')::uuid references tenant,
  cash_movement_id uuid not null,
  install_id uuid not null,
  shift_id uuid not null,
  store_id uuid not null,
  register_id uuid not null,
  kind text not null check (kind in ('paid-in', 'paid-out', 'cash-drop')),
  -- Positive; the kind says where it went.
  amount_minor bigint not null check (amount_minor > 0),
  reason text not null,
  recorded_at timestamptz not null default now(),
  primary key (tenant_id, cash_movement_id)
);

-- [I10] Sums of the facts of a shift, also of one that nobody has opened here yet; kept in the facts' transaction.
create table shift_sum (
  tenant_id uuid not null default current_setting('app.tenant')::uuid references tenant,
  shift_id uuid not null,
  order_count integer not null,
  net_minor bigint not null,
  -- Cash payments + paid in − paid out − drops, without the float.
  cash_minor bigint not null,
  primary key (tenant_id, shift_id)
) with (fillfactor = 80);
insert into shift_sum
  select o.tenant_id, o.shift_id, count(*), sum(o.net_minor), coalesce(sum(p.cash_minor), 0)
    from orders o
    left join (select tenant_id, order_id, sum(amount_minor) as cash_minor from payment where tender = 'cash' group by 1, 2) p
      using (tenant_id, order_id)
   where o.shift_id is not null and o.status <> 'withdrawn'
   group by 1, 2;

do $$
declare guarded text;
begin
  foreach guarded in array array['batch_signature', 'stock_level', 'cash_movement', 'shift_sum'] loop
    execute format('alter table %I enable row level security', guarded);
    execute format('alter table %I force row level security', guarded);
    execute format(
      'create policy one_tenant on %I to evertill_app
         using (tenant_id = current_setting(''app.tenant'')::uuid)
         with check (tenant_id = current_setting(''app.tenant'')::uuid)', guarded);
    execute format('create policy system on %I to current_user using (true) with check (true)', guarded);
    execute format('grant select, insert, update on %I to evertill_app', guarded);
  end loop;
end $$;
revoke update on batch_signature, cash_movement from evertill_app;

-- [P4] A parked operation that can be read at last: its result changes, its bytes and its version never do.
grant update (status, flags) on operation to evertill_app;
-- [R6] A late payment is counted in the shift that opens next.
grant update (shift_id, shift_late) on payment to evertill_app;

-- [L6] Tombstones may be deleted; the restriction holds for whatever statement asks.
grant delete on record, orders, payment to evertill_app;
create policy only_tombstones on record as restrictive for delete to evertill_app using (is_deleted);
create policy only_tombstones on orders as restrictive for delete to evertill_app using (status = 'withdrawn');
create policy only_tombstones on payment as restrictive for delete to evertill_app
  using (exists (select from orders o where o.order_id = payment.order_id and o.status = 'withdrawn'));
