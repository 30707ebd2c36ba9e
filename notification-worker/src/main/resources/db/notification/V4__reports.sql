-- The message as others name it: in its Message-ID, in its return path, in calls back. They report on it
-- later, so it is looked up by that.
alter table delivery add column message uuid;
update delivery set message = encode(substring(sha256(convert_to(
    concat_ws('|', batch_id, row_number, medium, purpose, generation), 'UTF8')) from 1 for 16), 'hex')::uuid;
alter table delivery alter column message set not null;
create index delivery_message on delivery (message);

-- How often it came back and was sent once more.
alter table delivery add column returns smallint not null default 0;

-- Messages that came back for a passing reason before it was recorded that they went out.
create table early_return (
  message     uuid        not null primary key,
  returned_at timestamptz not null,
  words       text        not null
);

-- To whom an organization sends nothing more over a medium.
create table suppression (
  number       bigint generated always as identity unique,
  organization text        not null,
  medium       text        not null,
  contact      text        not null, -- an email address in lower case, or an E.164 phone number
  reason       text        not null,
  words        text,                 -- of the server that sent the message back, or of who entered it
  created_at   timestamptz not null,
  created_by   text,                 -- the API key; null where a report did
  primary key (organization, medium, contact)
);
create index suppression_newest on suppression (organization, number desc);

-- How far mailboxes were read to which messages come back.
create table bounce_mailbox (
  mailbox      text   not null primary key, -- user, host and folder
  uid_validity bigint not null,             -- RFC 9051, 2.3.1.1: another one means other messages
  last_uid     bigint not null
);
