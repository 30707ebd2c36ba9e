-- What the sheet said is wide and hardly ever changes; what became of it is narrow and changes with every
-- delivery. Apart, issuing adds a narrow row where it wrote the wide one again.
alter table row rename to sheet_row;
alter index row_pkey rename to sheet_row_pkey;

-- A row is ISSUED when it has an entry here; sheet_row does not say so itself.
create table row_credential (
  batch_id       uuid           not null,
  number         int            not null,
  issued_at      timestamptz    not null,
  email_delivery delivery_state not null,
  sms_delivery   delivery_state not null,
  claim          claim_state    not null default 'NONE',
  validity       validity_state not null default 'ACTIVE',
  email_at       timestamptz,
  sms_at         timestamptz,
  credential_id  text           not null,
  link_token     text           not null,
  problem        text,          -- of a delivery
  primary key (batch_id, number)
) with (fillfactor = 80);

insert into row_credential
select batch_id, number, issued_at, email_delivery, sms_delivery, claim, validity, email_at, sms_at,
       credential_id, link_token, problem
from sheet_row where issue = 'ISSUED';
update sheet_row set issue = 'READY', problem = null where issue = 'ISSUED';

alter table sheet_row
  drop column credential_id,
  drop column link_token,
  drop column issued_at,
  drop column email_delivery,
  drop column email_at,
  drop column sms_delivery,
  drop column sms_at,
  drop column claim,
  drop column validity,
  add constraint issued_is_not_stored check (issue <> 'ISSUED'),
  reset (fillfactor);

-- A row with all that is known of it. "offset 0" has every entry looked up by its key: of a batch that
-- was stored a moment ago the planner knows nothing, and would read all its entries for each row.
create view row as
select r.batch_id, r.number, r.definition, r.reference, r.first_name, r.last_name, r.email, r.phone,
       r.language, r.expiration, r.cells, r.claims, r.run,
       case when c.number is null then r.issue else 'ISSUED' end     as issue,
       case when c.number is null then r.problem else c.problem end  as problem,
       c.credential_id, c.link_token, c.issued_at,
       coalesce(c.email_delivery, 'NOT_REQUESTED') as email_delivery, c.email_at,
       coalesce(c.sms_delivery, 'NOT_REQUESTED')   as sms_delivery, c.sms_at,
       coalesce(c.claim, 'NONE')                   as claim,
       c.validity
from sheet_row r
left join lateral (
  select * from row_credential where batch_id = r.batch_id and number = r.number offset 0) c on true;

analyze sheet_row;
analyze row_credential;
