-- How many segments the message took, each of which was paid for; null for email.
alter table delivery add column segments integer;

-- What organizations allow for their text messages. Null is no limit.
create table sms_settings (
  organization       text primary key,
  allowed_countries  text[],
  segments_per_day   integer,
  segments_per_month integer
);

-- Segments that went out or are going, by day and month of UTC. Counted before they go.
create table sms_usage (
  organization text    not null,
  period       text    not null,
  first_day    date    not null,
  segments     integer not null check (segments >= 0),
  primary key (organization, period, first_day)
);

-- How an SMSC names the segments of messages, until it has said what became of them.
create table smpp_segment (
  message  uuid        not null,
  number   smallint    not null,
  segments smallint    not null,
  smsc_id  text        not null,
  sent_at  timestamptz not null,
  primary key (message, number)
);
create index smpp_segment_smsc_id on smpp_segment (smsc_id);

-- What it said. It may say so before it tells the name.
create table smpp_receipt (
  smsc_id     text        not null primary key,
  delivered   boolean     not null,
  lasting     boolean     not null,
  words       text        not null,
  received_at timestamptz not null
);
create index smpp_receipt_received_at on smpp_receipt (received_at);
