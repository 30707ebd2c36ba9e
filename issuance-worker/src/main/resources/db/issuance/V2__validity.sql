-- Claimed copies of SD-JWT VCs have lists of their own (IETF Token Status List), counted by themselves.
alter table status_counter add column kind text not null default 'BITSTRING';
alter table status_counter
  alter column kind drop default,
  drop constraint status_counter_pkey,
  add primary key (organization, kind);
update status_list set purpose = upper(purpose);
create index status_list_unsigned on status_list (organization) where signed_version < version;

-- Whether the issuer stands by a credential; one without an entry is ACTIVE. `change` is the number of the
-- latest change that was applied: an older one that comes late changes nothing.
create table credential_validity (
  batch_number bigint      not null,
  row_number   integer     not null,
  validity     text        not null,
  change       bigint      not null,
  changed_at   timestamptz not null,
  primary key (batch_number, row_number)
);

-- What holders claimed of a row: bound to their key, with status entries of its own.
create table credential_copy (
  batch_number       bigint      not null,
  row_number         integer     not null,
  copy               smallint    not null,
  format             smallint    not null,
  holder             text        not null, -- RFC 7638 thumbprint of the holder's key
  token_status_list  uuid references status_list (id),
  token_status_index integer,
  status_number      bigint,               -- of its entries in the organization's bitstring lists
  issued_at          timestamptz not null,
  primary key (batch_number, row_number, copy)
);

-- Lists of before were of revocation only; a new credential in such a list may be suspended, too.
insert into status_list (
  id, organization, purpose, ordinal, size, secret_version, bits, version, signed_version, created_at)
select gen_random_uuid(), organization, 'SUSPENSION', ordinal, size, secret_version,
       decode(repeat('00', size / 8), 'hex'), 1, 0, created_at
from status_list where purpose = 'REVOCATION';
