-- [D1] Sums kept at ingest, in the transaction that stores the orders. '' is "no product" and "no category".

create table rollup_hour (
  tenant_id uuid not null default current_setting('app.tenant')::uuid references tenant,
  store_id uuid not null,
  day date not null,
  hour smallint not null,
  register_id uuid not null,
  orders integer not null,
  refunds integer not null,
  units_milli bigint not null,
  gross_minor bigint not null,
  discount_minor bigint not null,
  net_minor bigint not null,
  tax_minor bigint not null,
  refund_minor bigint not null,
  primary key (tenant_id, store_id, day, hour, register_id)
);

create table rollup_product (
  tenant_id uuid not null default current_setting('app.tenant')::uuid references tenant,
  store_id uuid not null,
  day date not null,
  product_id text not null,
  category_id text not null,
  units_milli bigint not null,
  net_minor bigint not null,
  primary key (tenant_id, store_id, day, product_id, category_id)
);

create table rollup_tender (
  tenant_id uuid not null default current_setting('app.tenant')::uuid references tenant,
  store_id uuid not null,
  day date not null,
  tender text not null,
  payments integer not null,
  amount_minor bigint not null,
  primary key (tenant_id, store_id, day, tender)
);

-- What devices hold as one piece: a store's month, at the version that touched it last.
create table segment (
  tenant_id uuid not null default current_setting('app.tenant')::uuid references tenant,
  store_id uuid not null,
  month date not null,
  v bigint not null default current_version(),
  primary key (tenant_id, store_id, month)
);
create index segment_by_version on segment (tenant_id, v);

-- Per install, the last seq whose effects are in the segment.
create table segment_install (
  tenant_id uuid not null default current_setting('app.tenant')::uuid,
  store_id uuid not null,
  month date not null,
  install_id uuid not null,
  last_seq integer not null,
  primary key (tenant_id, store_id, month, install_id)
);

create trigger segment_inserted after insert on segment referencing new table as written
  for each statement execute function refuse_unstamped();
create trigger segment_updated after update on segment referencing new table as written
  for each statement execute function refuse_unstamped();

-- Adds orders to the rollups (sign 1) or takes them away again (sign −1, the undo of an import). The caller holds the
-- tenant's version, so two transactions never meet here.
create function roll_up_orders(which uuid[], sign integer) returns void language sql as $$
  insert into rollup_hour (store_id, day, hour, register_id, orders, refunds, units_milli, gross_minor, discount_minor,
                           net_minor, tax_minor, refund_minor)
  select store_id, business_day, business_hour, register_id,
         sign * count(*) filter (where not is_refund),
         sign * count(*) filter (where is_refund),
         sign * sum(units_milli), sign * sum(gross_minor), sign * sum(discount_minor), sign * sum(net_minor),
         sign * sum(tax_minor),
         sign * coalesce(-sum(net_minor) filter (where is_refund), 0)
    from orders where order_id = any (which)
   group by store_id, business_day, business_hour, register_id
  on conflict (tenant_id, store_id, day, hour, register_id) do update set
    orders = rollup_hour.orders + excluded.orders,
    refunds = rollup_hour.refunds + excluded.refunds,
    units_milli = rollup_hour.units_milli + excluded.units_milli,
    gross_minor = rollup_hour.gross_minor + excluded.gross_minor,
    discount_minor = rollup_hour.discount_minor + excluded.discount_minor,
    net_minor = rollup_hour.net_minor + excluded.net_minor,
    tax_minor = rollup_hour.tax_minor + excluded.tax_minor,
    refund_minor = rollup_hour.refund_minor + excluded.refund_minor;

  insert into rollup_product (store_id, day, product_id, category_id, units_milli, net_minor)
  select o.store_id, o.business_day, coalesce(l.product_id, ''), coalesce(l.category_id, ''),
         sign * sum(l.quantity_milli), sign * sum(l.net_minor)
    from orders o join order_line l using (tenant_id, order_id) where o.order_id = any (which)
   group by 1, 2, 3, 4
  on conflict (tenant_id, store_id, day, product_id, category_id) do update set
    units_milli = rollup_product.units_milli + excluded.units_milli,
    net_minor = rollup_product.net_minor + excluded.net_minor;

  insert into rollup_tender (store_id, day, tender, payments, amount_minor)
  select o.store_id, o.business_day, p.tender, sign * count(*), sign * sum(p.amount_minor)
    from orders o join payment p using (tenant_id, order_id) where o.order_id = any (which)
   group by 1, 2, 3
  on conflict (tenant_id, store_id, day, tender) do update set
    payments = rollup_tender.payments + excluded.payments,
    amount_minor = rollup_tender.amount_minor + excluded.amount_minor;

  insert into segment (store_id, month)
  select distinct store_id, date_trunc('month', business_day)::date from orders where order_id = any (which)
  on conflict (tenant_id, store_id, month) do update set v = excluded.v;

  insert into segment_install (store_id, month, install_id, last_seq)
  select store_id, date_trunc('month', business_day)::date, install_id, max(seq)
    from orders where order_id = any (which) and install_id is not null
   group by 1, 2, 3
  on conflict (tenant_id, store_id, month, install_id) do update
    set last_seq = greatest(segment_install.last_seq, excluded.last_seq);
$$;
