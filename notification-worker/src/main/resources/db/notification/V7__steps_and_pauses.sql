-- When a mail server or gateway took the message, and what it said.
alter table delivery
  add column sent_at    timestamptz,
  add column sent_words text;

-- The latest messages of an organization: whether too many of them come back.
create index delivery_latest on delivery (organization, medium, settled_at) where settled_at is not null;

-- Organizations whose messages over a medium wait, since too many came back; and from when on they were
-- counted anew, once somebody had them go on.
create table sending_pause (
  organization text        not null,
  medium       text        not null,
  paused_at    timestamptz,          -- null: not, or no longer
  undelivered  integer     not null, -- of the latest messages, when it was paused
  counted_from timestamptz,
  primary key (organization, medium)
);
