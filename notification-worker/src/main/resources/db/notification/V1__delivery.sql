-- Our sending of one message over one medium. The key is the identity of the message: whatever
-- comes twice meets it. The columns that say whom are null once they were erased.
create table delivery (
  batch_id uuid not null,
  row_number integer not null,
  medium text not null,
  purpose text not null,
  generation integer not null,
  organization text not null,
  definition_id text not null,
  contact text,
  recipient_name text,
  language text,
  link text,
  status text not null,
  -- how often it was claimed; tells a claim from the one that took over when its lease ran out
  attempts integer not null,
  requested_at timestamptz not null,
  -- when it may be claimed: the next try, or the end of the lease while it is being sent;
  -- null once nothing more is to be done
  due_at timestamptz,
  settled_at timestamptz,
  problem jsonb,
  -- whether the broker has the outcome
  announced boolean not null default false,
  erased_at timestamptz,
  primary key (batch_id, row_number, medium, purpose, generation),
  check ((due_at is null) = (settled_at is not null)),
  check (settled_at is not null or (contact is not null and link is not null))
) with (fillfactor = 80);

-- What is to be sent, by organization, so that they can take turns.
create index delivery_due on delivery (medium, organization, due_at) where due_at is not null;

-- Outcomes that the broker does not have yet.
create index delivery_unannounced on delivery (settled_at) where settled_at is not null and not announced;

-- Settled deliveries that still say whom.
create index delivery_unerased on delivery (settled_at) where settled_at is not null and erased_at is null;

-- Messages of the SMS provider "table": shown to whoever tries the product, sent to nobody.
create table sms_message (
  number bigint generated always as identity primary key,
  message_id text not null unique,
  recipient text not null,
  body text not null,
  sent_at timestamptz not null
);
