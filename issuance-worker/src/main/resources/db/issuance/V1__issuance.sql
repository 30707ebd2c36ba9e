-- Symmetric secrets that ids, links and status indexes are computed with; encrypted under the master key.
create table secret_key (
  purpose    text        not null,
  version    smallint    not null,
  wrapped    bytea       not null,
  created_at timestamptz not null,
  primary key (purpose, version)
);

-- A retired key stays: credentials that it signed are verified with it for ever.
create table signing_key (
  kid                 text        primary key,
  organization        text        not null,
  did                 text        not null,
  algorithm           text        not null,
  public_key          bytea       not null,
  wrapped_private_key bytea       not null,
  jws_header          text        not null,
  created_at          timestamptz not null,
  retired_at          timestamptz
);
create unique index signing_key_current on signing_key (organization) where retired_at is null;

-- Where an organization's next batch starts; its list size is fixed by its first batch.
create table status_counter (
  organization text    primary key,
  list_size    integer not null,
  next         bigint  not null
);

create table status_list (
  id             uuid        primary key,
  organization   text        not null,
  purpose        text        not null,
  ordinal        integer     not null,
  size           integer     not null,
  secret_version smallint    not null,
  bits           bytea       not null,
  version        bigint      not null,
  signed_version bigint      not null,
  jwt            text,
  published_at   timestamptz,
  created_at     timestamptz not null,
  unique (organization, purpose, ordinal)
);
-- One byte of the bits is then read without reading the others.
alter table status_list alter column bits set storage external;

-- What a batch is issued with, pinned at its first sight.
create table batch (
  number         bigint      generated always as identity primary key,
  batch_id       uuid        not null unique,
  organization   text        not null,
  kid            text        not null references signing_key (kid),
  secret_version smallint    not null,
  batch_size     integer     not null,
  status_start   bigint      not null,
  created_at     timestamptz not null
);

-- What is the same for every row of a batch that is issued from one definition.
create table batch_definition (
  number                  integer     generated always as identity primary key,
  batch_number            bigint      not null references batch (number),
  definition_id           text        not null,
  certificate_template_id text,
  valid_from              timestamptz not null,
  unique nulls not distinct (batch_number, definition_id, certificate_template_id, valid_from)
);

-- The JWS is <header of the batch's key>.<payload>.<signature>, base64url; storing the payload as it is saves a
-- quarter of the bytes and lets SQL read it. No foreign keys and one index: this is the way of a row.
create table credential (
  batch_number     bigint      not null,
  issued_at        timestamptz not null,
  valid_until      timestamptz,
  row_number       integer     not null,
  batch_definition integer     not null,
  format           smallint    not null,
  copy             smallint    not null,
  signature        bytea       not null,
  payload          bytea       not null,
  primary key (batch_number, row_number, format, copy)
);
-- A signed payload does not compress; up to a page it stays in its row, so that an insert touches one table only.
alter table credential alter column payload set storage external;
alter table credential set (toast_tuple_target = 8160);

-- Kept so that the answer to a (row, run) never changes. Keyed by the batch's id: what is refused may have no number.
create table refusal (
  batch_id   uuid        not null,
  row_number integer     not null,
  run        integer     not null,
  problem    text        not null,
  refused_at timestamptz not null,
  primary key (batch_id, row_number, run)
);
