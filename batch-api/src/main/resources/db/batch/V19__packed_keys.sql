-- The keys of a large block of new rows: those whose hashes begin with the same bits together, in their
-- order. What PostgreSQL does for a key in an index of its own it does here for two hundred.
create table row_key_page (
  organization text     not null,
  bucket       smallint not null, -- the first ten bits of the hashes
  batch_id     uuid     not null,
  from_number  int      not null, -- the first row of the block
  entries      bytea    not null, -- 20 bytes each: hash, content and number of row_key
  primary key (organization, bucket, batch_id, from_number)
) with (toast_tuple_target = 8160);
-- Never compressed, for hashes are not to be; in the table itself as long as it fits into a page of it.
alter table row_key_page alter column entries set storage external;

-- What tells which pages are worth reading; eight in a filter, for each row that is read costs something.
create table row_key_filter (
  organization text     not null,
  bucket       smallint not null, -- the first seven bits of the hashes
  batch_id     uuid     not null,
  from_number  int      not null,
  prefixes     bytea    not null, -- the next 24 bits of each hash, in their order
  primary key (organization, bucket, batch_id, from_number)
) with (toast_tuple_target = 8160);
alter table row_key_filter alter column prefixes set storage external;

-- Rows whose packed keys say what the row said before it was changed or dropped.
create table row_key_void (
  batch_id uuid not null,
  number   int  not null,
  primary key (batch_id, number)
);
