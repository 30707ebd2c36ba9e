-- The few rows that somebody has to look at are found among a million others without reading those.
create index sheet_row_not_ready on sheet_row (batch_id, number) where issue <> 'READY';
create index row_credential_stands_out on row_credential (batch_id, number)
  where email_delivery in ('FAILED', 'BOUNCED', 'SUPPRESSED')
     or sms_delivery in ('FAILED', 'BOUNCED', 'SUPPRESSED')
     or validity <> 'ACTIVE';
