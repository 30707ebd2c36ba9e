-- What revocations, suspensions and claims made of an issued row, and when.
alter table row_credential
  add column validity_change bigint,      -- the latest change that was answered
  add column validity_at     timestamptz,
  add column claim_at        timestamptz;

create or replace view row as
select r.batch_id, r.number, r.definition, r.reference, r.first_name, r.last_name, r.email, r.phone,
       r.language, r.expiration, r.cells, r.claims, r.run,
       case when c.number is null then r.issue else 'ISSUED' end     as issue,
       case when c.number is null then r.problem else c.problem end  as problem,
       c.credential_id, c.link_token, c.issued_at,
       coalesce(c.email_delivery, 'NOT_REQUESTED') as email_delivery, c.email_at,
       coalesce(c.sms_delivery, 'NOT_REQUESTED')   as sms_delivery, c.sms_at,
       coalesce(c.claim, 'NONE')                   as claim,
       c.validity, c.validity_at, c.claim_at
from sheet_row r
left join lateral (
  select * from row_credential where batch_id = r.batch_id and number = r.number offset 0) c on true;

-- One call that revokes, suspends or reinstates; of two for one row the higher number is the later.
create table status_change (
  number       bigint      generated always as identity primary key,
  id           uuid        not null unique,
  organization text        not null,
  created_by   text        not null,
  created_at   timestamptz not null,
  action       text        not null,
  becomes      text        not null,          -- what it makes of a credential
  reason       text,
  total        int         not null,
  sent_to      int         not null default 0, -- rows up to here are with the issuance worker
  sent_at      timestamptz,
  finished_at  timestamptz,
  lease_until  timestamptz
);
create index status_change_open on status_change (number) where finished_at is null;
create index status_change_newest on status_change (organization, number desc);

create table status_change_row (
  change     bigint not null references status_change on delete cascade,
  ordinal    int    not null,
  input      text,            -- how the caller named it; null where a batch or a filter did
  batch_id   uuid,
  row_number int,
  outcome    text   not null,
  primary key (change, ordinal)
);
create index status_change_pending on status_change_row (change, ordinal) where outcome = 'PENDING';
create index status_change_of_row on status_change_row (batch_id, row_number, change);
