create type phase as enum ('VALIDATING', 'REJECTED', 'VALIDATED');

-- QUEUED is not stored: a READY row is queued once its run has reserved its number (see relay_run).
-- That spares one update of every row on its way.
create type issue_state as enum ('INVALID', 'READY', 'ISSUED', 'FAILED', 'SKIPPED', 'CANCELLED');
create type delivery_state as enum (
  'NOT_REQUESTED', 'PENDING', 'SENDING', 'SENT', 'DELIVERED', 'FAILED', 'BOUNCED', 'SUPPRESSED');
create type claim_state as enum ('NONE', 'OFFERED', 'CLAIMED', 'EXPIRED');
create type validity_state as enum ('ACTIVE', 'SUSPENDED', 'REVOKED', 'EXPIRED');

create table batch (
  id                      uuid primary key,
  organization            text        not null,
  created_by              text        not null,
  created_at              timestamptz not null,
  label                   text,
  file_name               text        not null,
  file_size               bigint      not null,
  file_hash               bytea       not null,
  by_id_column            boolean     not null,            -- each row names its definition
  definition_ids          text[]      not null,            -- in the order in which rows first name them
  certificate_template_id text,
  media                   text[]      not null,
  mode                    text        not null,
  on_invalid_rows         text        not null,
  on_duplicate            text        not null,
  format                  jsonb       not null,            -- how the file is read
  header                  text[]      not null,            -- as the sheet has it
  mapping                 jsonb       not null,            -- from its headings to ours
  phase                   phase       not null,
  problem                 jsonb,
  warnings                jsonb       not null default '[]',
  rows_read               int         not null default 0, -- validated so far; where a resumed validation goes on
  share_read              real        not null default 0, -- of the file, 0 to 1
  last_number             int         not null default 1, -- the highest row number seen
  validated_at            timestamptz,
  valid_from              timestamptz,                    -- fixed at the first issue
  started_at              timestamptz,
  paused_at               timestamptz,
  cancelled_at            timestamptz,
  lease_owner             uuid,                           -- who validates it
  lease_until             timestamptz
);
create index batch_newest on batch (organization, id desc);
create index batch_file on batch (organization, file_hash);
create index batch_to_validate on batch (created_at) where phase = 'VALIDATING';

-- The file as uploaded, until it is validated: any instance can go on.
create table upload_chunk (
  batch_id uuid  not null references batch on delete cascade,
  ordinal  int   not null,
  content  bytea not null,
  primary key (batch_id, ordinal)
);
alter table upload_chunk alter column content set storage external;

create table idempotency_key (
  organization text        not null,
  created_by   text        not null,
  key          text        not null,
  fingerprint  bytea       not null,
  batch_id     uuid        not null references batch on delete cascade,
  created_at   timestamptz not null,
  primary key (organization, created_by, key)
);

create table row (
  batch_id       uuid           not null,
  number         int            not null,
  definition     smallint       not null, -- its place in batch.definition_ids, from 0; -1 for none
  reference      text,
  first_name     text,
  last_name      text,
  email          text,
  phone          text,
  language       text,
  expiration     text,          -- an ISO 8601 date or period, as the sheet gave it
  cells          text           not null, -- the uploaded cells in file order, a JSON array
  claims         text,          -- a JSON object; null where invalid
  issue          issue_state    not null,
  run            int            not null default 1,
  credential_id  text,
  link_token     text,
  issued_at      timestamptz,
  email_delivery delivery_state not null default 'NOT_REQUESTED',
  email_at       timestamptz,
  sms_delivery   delivery_state not null default 'NOT_REQUESTED',
  sms_at         timestamptz,
  claim          claim_state    not null default 'NONE',
  validity       validity_state,
  problem        text,
  primary key (batch_id, number)
) with (fillfactor = 70);

create table row_error (
  batch_id uuid     not null,
  number   int      not null,
  ordinal  smallint not null,
  field    text     not null,
  code     text     not null,
  message  text     not null,
  primary key (batch_id, number, ordinal)
);

-- Rows that say what another row says already.
create table row_duplicate (
  batch_id  uuid not null,
  number    int  not null,
  kind      text not null,
  of_batch  uuid not null,
  of_number int  not null,
  primary key (batch_id, number)
);

-- From hashes of references and contacts to rows: serves searches and the look for duplicates. An
-- entry may outlive its row, and is written before it.
create table row_key (
  hash     bigint not null,
  content  bigint not null, -- hash of recipient, definition and claims; 0: the first hash alone counts
  batch_id uuid   not null,
  number   int    not null
);
create index row_key_hash on row_key (hash, content);

-- The mapping that an organization used last for a definition; '' for sheets of several.
create table column_mapping (
  organization  text        not null,
  definition_id text        not null,
  mapping       jsonb       not null,
  used_at       timestamptz not null,
  primary key (organization, definition_id)
);

-- One pass of the relay through rows of a batch. Numbers up to `reserved` are decided: they are
-- queued and will be published, whatever else happens. Numbers up to `published` have the broker's ack.
create table relay_run (
  batch_id    uuid    not null references batch on delete cascade,
  run         int     not null,
  reserved    int     not null default 1,
  published   int     not null default 1,
  exhausted   boolean not null default false, -- nothing is left to reserve
  closed      boolean not null default false, -- cancelled: reserves nothing more
  finished    boolean not null default false, -- every reserved row has its answer
  stalls      int     not null default 0,     -- how often in a row no answer came in time
  stalled_at  timestamptz,
  served_at   timestamptz,
  lease_owner uuid,
  lease_until timestamptz,
  primary key (batch_id, run)
);
create index relay_run_to_do on relay_run (batch_id) where not finished;

-- Maintained from changed rows in their transaction, last and in key order; spread over slots so
-- that consumers of different partitions do not wait for each other. Reads sum the slots.
create table batch_count (
  batch_id         uuid        not null,
  slot             smallint    not null,
  total            int         not null default 0,
  invalid          int         not null default 0,
  skipped          int         not null default 0,
  cancelled        int         not null default 0,
  relayed          int         not null default 0,
  issued           int         not null default 0,
  failed           int         not null default 0,
  duplicate_same_sheet int     not null default 0,
  duplicate_issued int         not null default 0,
  duplicate_revoked int        not null default 0,
  email_pending    int         not null default 0,
  email_sending    int         not null default 0,
  email_sent       int         not null default 0,
  email_delivered  int         not null default 0,
  email_failed     int         not null default 0,
  email_bounced    int         not null default 0,
  email_suppressed int         not null default 0,
  sms_pending      int         not null default 0,
  sms_sending      int         not null default 0,
  sms_sent         int         not null default 0,
  sms_delivered    int         not null default 0,
  sms_failed       int         not null default 0,
  sms_bounced      int         not null default 0,
  sms_suppressed   int         not null default 0,
  issue_changed_at    timestamptz,
  delivery_changed_at timestamptz,
  primary key (batch_id, slot)
) with (fillfactor = 50);

-- What a batch is, computed from its rows and commands. The one place where a status is decided.
create view batch_overview as
select b.*, c.*, s.status
from batch b
cross join lateral (
  select coalesce(sum(total), 0)::int            as total,
         coalesce(sum(invalid), 0)::int          as invalid,
         coalesce(sum(skipped), 0)::int          as skipped,
         coalesce(sum(cancelled), 0)::int        as cancelled,
         coalesce(sum(issued), 0)::int           as issued,
         coalesce(sum(failed), 0)::int           as failed,
         coalesce(sum(duplicate_same_sheet), 0)::int as duplicate_same_sheet,
         coalesce(sum(duplicate_issued), 0)::int as duplicate_issued,
         coalesce(sum(duplicate_revoked), 0)::int as duplicate_revoked,
         coalesce(sum(total - invalid - skipped - cancelled - relayed), 0)::int as ready,
         coalesce(sum(relayed - issued - failed), 0)::int as queued,
         coalesce(sum(email_pending), 0)::int    as email_pending,
         coalesce(sum(email_sending), 0)::int    as email_sending,
         coalesce(sum(email_sent), 0)::int       as email_sent,
         coalesce(sum(email_delivered), 0)::int  as email_delivered,
         coalesce(sum(email_failed), 0)::int     as email_failed,
         coalesce(sum(email_bounced), 0)::int    as email_bounced,
         coalesce(sum(email_suppressed), 0)::int as email_suppressed,
         coalesce(sum(sms_pending), 0)::int      as sms_pending,
         coalesce(sum(sms_sending), 0)::int      as sms_sending,
         coalesce(sum(sms_sent), 0)::int         as sms_sent,
         coalesce(sum(sms_delivered), 0)::int    as sms_delivered,
         coalesce(sum(sms_failed), 0)::int       as sms_failed,
         coalesce(sum(sms_bounced), 0)::int      as sms_bounced,
         coalesce(sum(sms_suppressed), 0)::int   as sms_suppressed,
         max(issue_changed_at)                   as issue_changed_at,
         max(delivery_changed_at)                as delivery_changed_at
  from batch_count where batch_id = b.id
) c
cross join lateral (
  select case
    when b.phase = 'REJECTED' then 'REJECTED'
    when b.cancelled_at is not null then 'CANCELLED'
    when b.phase = 'VALIDATING' then 'VALIDATING'
    when b.started_at is null and c.invalid > 0 and (b.on_invalid_rows = 'stop' or c.ready = 0)
      then 'NEEDS_FIXES'
    when b.started_at is null then 'READY'
    when b.paused_at is not null and c.ready + c.queued > 0 then 'PAUSED'
    when c.queued > 0 then 'ISSUING'
    when c.ready > 0 and exists (select from relay_run r where r.batch_id = b.id and not r.exhausted)
      then 'ISSUING'
    when c.ready > 0 then 'READY'
    when c.failed + c.invalid > 0 then 'COMPLETED_WITH_ERRORS'
    else 'COMPLETED'
  end as status
) s;
