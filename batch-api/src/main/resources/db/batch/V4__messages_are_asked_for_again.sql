-- Whether every message of the batch has come to its end; until then somebody looks whether requests or
-- answers were lost, and asks for the messages again.
alter table relay_run
  add column settled  boolean not null default false,
  add column asks     int     not null default 0,  -- how often in a row no answer came in time
  add column asked_at timestamptz;
create index relay_run_not_settled on relay_run (batch_id) where not settled;
