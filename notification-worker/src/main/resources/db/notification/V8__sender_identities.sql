-- As whom an organization writes, and over whose mail server. Passwords are encrypted under a key that the
-- database does not have.
create table sender_identity (
  organization    text        primary key,
  version         bigint      not null, -- another one after each change, and after it was made anew
  address         text,                 -- the From; null for the platform's
  name            text,                 -- before it; null for the organization's
  reply_to        text,
  host            text,                 -- of its mail server; null for the platform's
  port            integer,
  security        text,
  username        text,
  password        bytea,
  bounces         text,                 -- the address that return paths are made of
  bounces_host    text,                 -- of its mailbox; null where nobody reads it
  bounces_port    integer,
  bounces_security text,
  bounces_user    text,
  bounces_password bytea,
  bounces_folder  text,
  per_minute      integer,
  created_at      timestamptz not null,
  updated_at      timestamptz not null,
  check (host is null or (address is not null and port is not null and security is not null)),
  check (bounces is null or host is not null),
  check (bounces_host is null or (bounces is not null and bounces_port is not null
    and bounces_security is not null and bounces_user is not null and bounces_password is not null
    and bounces_folder is not null))
);
create sequence sender_identity_version;

-- What else an organization may do a few times in an hour of the clock.
alter table message_template_test rename to hourly_use;
alter table hourly_use rename column sent to times;
alter table hourly_use add column what text not null default 'TEST';
alter table hourly_use alter column what drop default;
alter table hourly_use drop constraint message_template_test_pkey;
alter table hourly_use add primary key (organization, what);
