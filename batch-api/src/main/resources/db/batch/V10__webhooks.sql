-- Where an organization wants to hear of what happens, and of what.
create table webhook (
  id               uuid        primary key,
  organization     text        not null,
  url              text        not null,
  description      text,
  event_types      text[]      not null,
  created_by       text        not null,
  created_at       timestamptz not null,
  disabled_at      timestamptz,
  disabled_because text,
  failing_since    timestamptz,           -- nothing but failures since then
  paused_until     timestamptz,           -- its receiver asked for that
  served_at        timestamptz,           -- when something was last taken up for it: they come in turn
  check ((disabled_at is null) = (disabled_because is null))
);
create index webhook_of_organization on webhook (organization, id);

-- What its messages are signed with, encrypted; more than one while they change.
create table webhook_secret (
  webhook_id uuid        not null references webhook on delete cascade,
  number     int         not null,
  wrapped    bytea       not null,
  created_at timestamptz not null,
  ends_at    timestamptz,                 -- null for the current one
  primary key (webhook_id, number)
);

-- What has happened, written down in the transaction in which it happened, where somebody wants to hear
-- of it: an entry for each chunk of rows. It waits here for others that go into the same message.
create table webhook_event (
  id           bigint      generated always as identity primary key,
  organization text        not null,
  type         text        not null,
  batch_id     uuid        not null,
  at           timestamptz not null,
  rows         int         not null,      -- 0 where it is about the batch
  content      jsonb       not null
);

-- What is said in one request, to however many webhooks of the organization.
create table webhook_message (
  id           uuid        primary key,   -- of version 7
  organization text        not null,
  type         text        not null,
  batch_id     uuid,                      -- null for a test
  at           timestamptz not null,      -- when the last of it happened
  content      jsonb       not null,
  created_at   timestamptz not null
);
create index webhook_message_oldest on webhook_message (created_at);

-- A message on its way to one webhook.
create table webhook_delivery (
  webhook_id  uuid        not null references webhook on delete cascade,
  message_id  uuid        not null references webhook_message on delete cascade,
  status      text        not null,
  begun_at    timestamptz not null,       -- retries count from here
  attempt     int         not null default 0, -- the latest that was begun
  failures    int         not null default 0, -- since begun_at
  due_at      timestamptz,                -- null once it is settled; the lease's end while it is sent
  lease_until timestamptz,                -- while it is sent
  primary key (webhook_id, message_id)
);
create index webhook_delivery_of_message on webhook_delivery (message_id);
create index webhook_delivery_due on webhook_delivery (due_at, webhook_id) where due_at is not null;
create index webhook_delivery_next on webhook_delivery (webhook_id, due_at, message_id) where due_at is not null;
create index webhook_delivery_leased on webhook_delivery (webhook_id, lease_until) where lease_until is not null;

create table webhook_attempt (
  webhook_id  uuid        not null,
  message_id  uuid        not null,
  number      int         not null,
  at          timestamptz not null,
  millis      int         not null,
  status_code int,                        -- null where there was no answer
  error       text,                       -- null where it was delivered
  primary key (webhook_id, message_id, number),
  foreign key (webhook_id, message_id) references webhook_delivery on delete cascade
);
