-- Orders and what they are made of. A refund is an order with `refund_of` and negative quantities and amounts.

create table import_batch (
  tenant_id uuid not null default current_setting('app.tenant')::uuid references tenant,
  import_id uuid not null,
  file_name text not null,
  source text not null,
  started_at timestamptz not null default now(),
  state text not null default 'running' check (state in ('running', 'done', 'cancelled', 'undone')),
  rows_refused integer not null default 0,
  orders integer not null default 0,
  revenue_minor bigint not null default 0,
  -- What this import created and its undo takes away again: [{kind, id}, …]
  created_records jsonb not null default '[]',
  primary key (tenant_id, import_id)
);

create table orders (
  tenant_id uuid not null default current_setting('app.tenant')::uuid references tenant,
  order_id uuid not null,
  store_id uuid not null,
  register_id uuid not null,
  -- Null for orders that no journal of ours holds: imports and the demo's history.
  install_id uuid,
  seq integer,
  shift_id uuid,
  receipt_number text not null,
  status text not null check (status in ('paid', 'withdrawn')),
  occurred_at timestamptz not null,
  recorded_at timestamptz not null default now(),
  business_day date not null,
  business_hour smallint not null check (business_hour between 0 and 23),
  staff_id text,
  customer_id text,
  refund_of uuid,
  is_refund boolean not null generated always as (refund_of is not null or total_minor < 0) stored,
  units_milli bigint not null,
  gross_minor bigint not null,
  discount_minor bigint not null,
  net_minor bigint not null,
  tax_minor bigint not null,
  total_minor bigint not null,
  cash_rounding_minor bigint not null default 0,
  -- Pricing rules, order discount, tax rows and note, as the register wrote them.
  detail jsonb not null,
  import_id uuid,
  v bigint not null default current_version(),
  primary key (tenant_id, order_id)
);
-- Pull: a store's recent orders above a version. First load: a store's recent orders by id.
create index orders_by_version on orders (tenant_id, store_id, v);
create index orders_by_day on orders (tenant_id, store_id, business_day);
create index orders_by_import on orders (tenant_id, import_id) where import_id is not null;
create index orders_by_receipt on orders (tenant_id, receipt_number);

create table order_line (
  tenant_id uuid not null default current_setting('app.tenant')::uuid,
  order_id uuid not null,
  line_no smallint not null,
  line_id uuid not null,
  product_id text,
  variant_id text,
  category_id text,
  name text not null,
  variant_name text,
  sku text,
  quantity_milli bigint not null,
  unit_price_minor bigint not null,
  gross_minor bigint not null,
  discount_minor bigint not null,
  order_discount_minor bigint not null,
  net_minor bigint not null,
  tax_minor bigint not null,
  total_minor bigint not null,
  -- [R7] Modifiers, discount, tax rates and amounts, note and catalogue version as sold.
  detail jsonb not null,
  primary key (tenant_id, order_id, line_no),
  foreign key (tenant_id, order_id) references orders
);

create table payment (
  tenant_id uuid not null default current_setting('app.tenant')::uuid,
  payment_id uuid not null,
  order_id uuid not null,
  payment_no smallint not null,
  tender text not null,
  amount_minor bigint not null,
  tendered_minor bigint not null,
  change_minor bigint not null,
  primary key (tenant_id, payment_id),
  foreign key (tenant_id, order_id) references orders
);
create index payment_by_order on payment (tenant_id, order_id);

create table stock_movement (
  tenant_id uuid not null default current_setting('app.tenant')::uuid,
  movement_id uuid not null,
  order_id uuid not null,
  store_id uuid not null,
  product_id text not null,
  variant_id text,
  quantity_milli bigint not null,
  primary key (tenant_id, movement_id),
  foreign key (tenant_id, order_id) references orders
);
create index stock_movement_by_product on stock_movement (tenant_id, product_id, store_id);

create table shift (
  tenant_id uuid not null default current_setting('app.tenant')::uuid references tenant,
  shift_id uuid not null,
  store_id uuid not null,
  register_id uuid not null,
  opened_at timestamptz not null,
  closed_at timestamptz,
  opening_float_minor bigint not null,
  counted_cash_minor bigint,
  expected_cash_minor bigint,
  primary key (tenant_id, shift_id)
);

create trigger orders_inserted after insert on orders referencing new table as written
  for each statement execute function refuse_unstamped();
create trigger orders_updated after update on orders referencing new table as written
  for each statement execute function refuse_unstamped();
