-- [R6] Cash that was moved for a shift that had closed, as by a copy of its register, waits for the next one: null until then.
alter table cash_movement alter column shift_id drop not null;
create index cash_movement_late on cash_movement (tenant_id, register_id) where shift_id is null;
grant update (shift_id) on cash_movement to evertill_app;
