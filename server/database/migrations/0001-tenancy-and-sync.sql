-- Who owns what, the order of commits, and who may write.
-- The application never acts as the connecting role: every transaction does `set local role evertill_app`, which
-- bypasses nothing, so row-level security holds even where the connecting role is a superuser.

do $$
begin
  if not exists (select from pg_roles where rolname = 'evertill_app') then
    create role evertill_app nologin nosuperuser nobypassrls;
  end if;
  -- One that somebody made before us must not be able to see past row-level security either.
  if exists (select from pg_roles where rolname = 'evertill_app' and (rolsuper or rolbypassrls)) then
    raise exception 'the role evertill_app is a superuser or bypasses row-level security: alter role evertill_app nosuperuser nobypassrls';
  end if;
  execute format('grant evertill_app to %I', current_user);
end $$;

-- [L5] One row: the life of this database. A new or recreated database has a new epoch.
create table database_life (
  is_only boolean primary key default true check (is_only),
  epoch uuid not null default gen_random_uuid()
);
insert into database_life default values;

create table tenant (
  tenant_id uuid primary key,
  name text not null,
  created_at timestamptz not null default now(),
  -- Receipt series are leased from here, never given out twice.
  next_receipt_series integer not null default 1
);

-- [S1] The tenant's version. Its row lock is held until commit, so versions are in the order of commits and gapless.
create table sync_head (
  tenant_id uuid primary key references tenant,
  v bigint not null default 0
);

-- [S1] Takes the tenant's next version. The stamp lives as long as the transaction and is the default of every `v`
-- column: a synced row written without it is refused.
create function next_version(of_tenant uuid) returns bigint language plpgsql as $$
declare taken bigint;
begin
  update sync_head set v = sync_head.v + 1 where sync_head.tenant_id = of_tenant returning sync_head.v into taken;
  if taken is null then
    raise exception 'tenant % has no sync head', of_tenant;
  end if;
  perform set_config('evertill.v', taken::text, true);
  perform pg_notify('evertill_version', of_tenant::text || ' ' || taken::text);
  return taken;
end $$;

create function current_version() returns bigint language sql stable as $$
  select nullif(current_setting('evertill.v', true), '')::bigint
$$;

create function refuse_unstamped() returns trigger language plpgsql as $$
begin
  if exists (select from written where written.v is distinct from current_version()) then
    raise exception 'synced rows of % written without the version of this transaction: call next_version() first', tg_table_name
      using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end $$;

create table account (
  account_id uuid primary key,
  tenant_id uuid not null references tenant,
  email text not null unique check (email = lower(email)),
  name text not null,
  -- argon2id, in its own text form with salt and parameters.
  password_hash text not null,
  created_at timestamptz not null default now()
);

create table account_session (
  -- SHA-256 of the cookie's secret: a stolen copy of this table opens nothing.
  token_hash bytea primary key,
  tenant_id uuid not null references tenant,
  account_id uuid not null references account,
  expires_at timestamptz not null
);

create table install (
  tenant_id uuid not null references tenant,
  install_id uuid not null,
  kind text not null check (kind in ('register', 'office')),
  store_id uuid,
  register_id uuid,
  public_key jsonb not null,
  receipt_series integer,
  -- [P2] Where this install's journal ends here.
  last_seq integer not null default 0,
  last_chain text not null,
  forked_at timestamptz,
  enrolled_at timestamptz not null default now(),
  heard_at timestamptz,
  revoked_at timestamptz,
  primary key (tenant_id, install_id),
  unique (tenant_id, receipt_series),
  check ((kind = 'register') = (register_id is not null and store_id is not null and receipt_series is not null))
);
create unique index install_by_id on install (install_id);
create index install_by_register on install (tenant_id, register_id) where register_id is not null;

-- A device that is taken out of use loses its live socket at once, in whichever process that is.
create function announce_revoked() returns trigger language plpgsql as $$
begin
  perform pg_notify('evertill_revoked', new.install_id::text);
  return null;
end $$;

create trigger install_revoked after update of revoked_at on install for each row
  when (new.revoked_at is not null and old.revoked_at is null) execute function announce_revoked();

create table enrolment_code (
  code_hash bytea primary key,
  tenant_id uuid not null references tenant,
  kind text not null check (kind in ('register', 'office')),
  register_id uuid,
  store_id uuid,
  expires_at timestamptz not null,
  -- The install that redeemed it: the same install asking again (its answer was lost) gets the same answer.
  used_by uuid
);

-- Signs device tokens; shared by all processes of the API. Never readable by the application's role.
create table server_secret (
  is_only boolean primary key default true check (is_only),
  secret text not null default gen_random_uuid()::text || gen_random_uuid()::text
);
insert into server_secret default values;

-- The journals as they came ([C3], [P2]): bytes, result and the version at which their effects became visible.
create table operation (
  tenant_id uuid not null default current_setting('app.tenant')::uuid references tenant,
  install_id uuid not null,
  seq integer not null,
  op_id uuid not null,
  kind text not null,
  kind_version integer not null,
  actor_id text,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null default now(),
  payload text not null,
  hash text not null,
  chain text not null,
  status text not null check (status in ('applied', 'parked')),
  flags text[] not null default '{}',
  v bigint not null default current_version(),
  primary key (tenant_id, install_id, seq),
  foreign key (tenant_id, install_id) references install
);
create unique index operation_by_id on operation (tenant_id, op_id);
-- [I8] ackedSeq of a page: the last seq of an install at or below a version.
create index operation_by_version on operation (tenant_id, install_id, v);

-- [P2] What a forked install sent: kept, never applied twice.
create table forked_operation (
  tenant_id uuid not null default current_setting('app.tenant')::uuid references tenant,
  install_id uuid not null,
  seq integer not null,
  hash text not null,
  recorded_at timestamptz not null default now(),
  envelope jsonb not null,
  primary key (tenant_id, install_id, seq, hash)
);

-- Catalogue, staff, stores …: documents that every device of the tenant holds, replaced whole by a newer version.
create table record (
  tenant_id uuid not null default current_setting('app.tenant')::uuid references tenant,
  kind text not null,
  id text not null,
  doc jsonb,
  is_deleted boolean not null default false,
  v bigint not null default current_version(),
  primary key (tenant_id, kind, id),
  check (is_deleted = (doc is null))
);
create index record_by_version on record (tenant_id, v);

create table product_picture (
  tenant_id uuid not null default current_setting('app.tenant')::uuid references tenant,
  picture_id text not null,
  media_type text not null,
  bytes bytea not null,
  primary key (tenant_id, picture_id)
);

create trigger operation_inserted after insert on operation referencing new table as written
  for each statement execute function refuse_unstamped();
create trigger record_inserted after insert on record referencing new table as written
  for each statement execute function refuse_unstamped();
create trigger record_updated after update on record referencing new table as written
  for each statement execute function refuse_unstamped();
