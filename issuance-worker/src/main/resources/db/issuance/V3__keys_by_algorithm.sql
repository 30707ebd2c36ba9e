-- An organization has one current key of each algorithm.
drop index signing_key_current;
create unique index signing_key_current on signing_key (organization, algorithm) where retired_at is null;
