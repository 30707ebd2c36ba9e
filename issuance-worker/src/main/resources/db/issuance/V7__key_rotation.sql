-- Where the private half of a key is: encrypted here, or in a PKCS#11 token, which never gives it away.
alter table signing_key
  add column custody           text not null default 'DATABASE',
  add column revoked_at        timestamptz,
  add column revocation_reason text,
  alter column wrapped_private_key drop not null,
  add constraint signing_key_revoked_is_retired check (revoked_at is null or retired_at is not null),
  add constraint signing_key_private_half check ((custody = 'DATABASE') = (wrapped_private_key is not null));
alter table signing_key alter column custody drop default;
create index signing_key_organization on signing_key (organization);
