-- Tenant isolation in the database itself. evertill_app sees one tenant, named by `app.tenant` for the transaction.

grant usage on schema public to evertill_app;
grant select on database_life to evertill_app;

do $$
declare guarded text;
begin
  foreach guarded in array array[
    'tenant', 'sync_head', 'account', 'account_session', 'install', 'enrolment_code', 'operation', 'forked_operation',
    'record', 'product_picture', 'import_batch', 'orders', 'order_line', 'payment', 'stock_movement', 'shift',
    'rollup_hour', 'rollup_product', 'rollup_tender', 'segment', 'segment_install'
  ] loop
    execute format('alter table %I enable row level security', guarded);
    execute format('alter table %I force row level security', guarded);
    execute format(
      'create policy one_tenant on %I to evertill_app
         using (tenant_id = current_setting(''app.tenant'')::uuid)
         with check (tenant_id = current_setting(''app.tenant'')::uuid)', guarded);
    -- The connecting role runs set-up, sign-in and enrolment look-ups, which come before a tenant is known.
    execute format('create policy system on %I to current_user using (true) with check (true)', guarded);
    execute format('grant select, insert, update on %I to evertill_app', guarded);
  end loop;
end $$;

-- Journals are append-only for the application: no update, and nobody deletes facts.
revoke update on operation, forked_operation, order_line, payment, stock_movement from evertill_app;

-- People's passwords and sessions are none of a tenant's transactions' business; tenants are made by the system alone.
revoke all on account, account_session from evertill_app;
revoke insert, update on tenant from evertill_app;
revoke insert on sync_head from evertill_app;
