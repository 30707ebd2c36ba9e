-- The medium over which a recipient is written to where the batch's own medium did not reach them.
alter table batch add column fallback text;
