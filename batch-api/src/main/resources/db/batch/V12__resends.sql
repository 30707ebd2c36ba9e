-- Messages that somebody has had sent once more. The generation tells the reports on a message from those on
-- the ones before it; without an entry it is 1.
create table resend (
  batch_id     uuid        not null,
  number       int         not null,
  medium       text        not null,
  generation   int         not null,
  requested_at timestamptz not null,
  requested_by text        not null,
  primary key (batch_id, number, medium)
);

-- Whether any of its messages was; spares the way of all other rows the look.
alter table batch add column resent boolean not null default false;
