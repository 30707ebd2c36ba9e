-- The messages of a row have a problem each. What there was is the email's, unless the SMS had it last.
alter table row_credential rename column problem to email_problem;
alter table row_credential add column sms_problem text;
update row_credential set sms_problem = email_problem, email_problem = null
where email_problem is not null
  and (email_delivery = 'NOT_REQUESTED'
    or (sms_delivery in ('FAILED', 'BOUNCED', 'SUPPRESSED')
      and (email_delivery not in ('FAILED', 'BOUNCED', 'SUPPRESSED') or sms_at >= email_at)));

-- "problem" of an issued row is the latest of its messages.
create or replace view row as
select r.batch_id, r.number, r.definition, r.reference, r.first_name, r.last_name, r.email, r.phone,
       r.language, r.expiration, r.cells, r.claims, r.run,
       case when c.number is null then r.issue else 'ISSUED' end     as issue,
       case when c.number is null then r.problem
            when c.email_at > c.sms_at then coalesce(c.email_problem, c.sms_problem)
            else coalesce(c.sms_problem, c.email_problem) end        as problem,
       c.credential_id, c.link_token, c.issued_at,
       coalesce(c.email_delivery, 'NOT_REQUESTED') as email_delivery, c.email_at,
       coalesce(c.sms_delivery, 'NOT_REQUESTED')   as sms_delivery, c.sms_at,
       coalesce(c.claim, 'NONE')                   as claim,
       c.validity, c.validity_at, c.claim_at, c.offered_at, c.email_problem, c.sms_problem
from sheet_row r
left join lateral (
  select * from row_credential where batch_id = r.batch_id and number = r.number offset 0) c on true;
