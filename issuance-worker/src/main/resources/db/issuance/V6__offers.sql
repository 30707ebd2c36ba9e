-- A row's credential, offered to a wallet. What opens it is not here: the reference, the code and the token
-- only as hashes, the digits that some offers ask for only as a hash together with the code.
create table credential_offer (
  number           bigint      generated always as identity primary key,
  reference_hash   bytea       not null unique,
  code_hash        bytea       not null unique,
  digits_hash      bytea,
  organization     text        not null,
  batch_id         uuid        not null,
  row_number       integer     not null,
  credential_id    text        not null,
  configurations   text[]      not null,
  state            text        not null,
  created_at       timestamptz not null,
  changed_at       timestamptz not null,
  -- of the code, and once it is redeemed of the token
  expires_at       timestamptz not null,
  wrong_digits     smallint    not null default 0,
  token_hash       bytea       unique,
  client_id        text,
  -- whether the wallet was given identifiers to ask by
  identified       boolean     not null default false,
  -- whether everybody knows of the state
  announced        boolean     not null,
  check (token_hash is not null or state in ('OPEN', 'REPLACED', 'LAPSED'))
);
-- A newer offer takes the place of the one before, also when both are made at the same time.
create unique index credential_offer_open on credential_offer (batch_id, row_number) where state = 'OPEN';
create index credential_offer_row on credential_offer (batch_id, row_number, created_at);
create index credential_offer_running on credential_offer (expires_at) where state in ('OPEN', 'REDEEMED');
create index credential_offer_unannounced on credential_offer (changed_at) where not announced;
create index credential_offer_over on credential_offer (changed_at) where state in ('REPLACED', 'LAPSED', 'FAILED');

-- What a wallet got at once, which it may report on.
create table credential_response (
  notification_hash bytea       primary key,
  offer             bigint      not null references credential_offer (number) on delete cascade,
  issued_at         timestamptz not null,
  event             text
);
create index credential_response_offer on credential_response (offer);

-- Nonces prove themselves; only those that were used are kept, until they would have expired.
create table used_nonce (
  nonce      bytea       primary key,
  expires_at timestamptz not null
);
create index used_nonce_expired on used_nonce (expires_at);
