-- The medium over which a recipient is written to where the batch's own medium did not reach them.
alter table batch add column fallback text;

drop view batch_overview;

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
