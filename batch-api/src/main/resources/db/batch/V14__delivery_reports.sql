-- Whom an organization wants told what became of its messages, and since when.
create table delivery_report_settings (
  organization text        primary key,
  recipients   text[]      not null,
  since        timestamptz not null
);

-- Batches of which a report is to be sent.
create table delivery_report_due (
  batch_id uuid        primary key references batch on delete cascade,
  since    timestamptz not null,             -- when it became due
  due_at   timestamptz not null,             -- the next attempt, or the end of the lease of the present one
  attempts int         not null default 0,   -- 0 again when something happened meanwhile
  told     text[]      not null default '{}' -- recipients that have it
);
create index delivery_report_due_at on delivery_report_due (due_at);

-- The last report of a batch that was sent, and what it said.
create table delivery_report (
  batch_id    uuid        primary key references batch on delete cascade,
  number      int         not null,
  undelivered int         not null,
  waiting     int         not null,
  sent_at     timestamptz not null
);

-- When the recipient opened the offer; claim_at becomes the time of the claim.
alter table row_credential add column offered_at timestamptz;

create or replace view row as
select r.batch_id, r.number, r.definition, r.reference, r.first_name, r.last_name, r.email, r.phone,
       r.language, r.expiration, r.cells, r.claims, r.run,
       case when c.number is null then r.issue else 'ISSUED' end     as issue,
       case when c.number is null then r.problem else c.problem end  as problem,
       c.credential_id, c.link_token, c.issued_at,
       coalesce(c.email_delivery, 'NOT_REQUESTED') as email_delivery, c.email_at,
       coalesce(c.sms_delivery, 'NOT_REQUESTED')   as sms_delivery, c.sms_at,
       coalesce(c.claim, 'NONE')                   as claim,
       c.validity, c.validity_at, c.claim_at, c.offered_at
from sheet_row r
left join lateral (
  select * from row_credential where batch_id = r.batch_id and number = r.number offset 0) c on true;
