-- What is published never changes: the definitions of before have the one entry that they had.
alter table credential_definition
  add column status_purposes  text[] not null default '{revocation}',
  add column always_disclosed text[] not null default '{}';
alter table credential_definition
  alter column status_purposes drop default,
  alter column always_disclosed drop default;
