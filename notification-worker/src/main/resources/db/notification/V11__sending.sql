-- When the latest attempt to send it began.
alter table delivery add column claimed_at timestamptz;
