-- Whether claiming into a wallet asks for a code, which goes by SMS where the claim link goes by email.
alter table batch add column claim_code boolean not null default false;

-- What the recipient's messages carry besides the Cred_URL, and nobody else is shown. Null, and no byte
-- wider, for a batch without messages.
alter table row_credential
  add column claim_token text,
  add column claim_code  text;
