-- What leads to the claim into a wallet: the link, or the code that goes another way than the link.
alter table delivery
  add column claim_link text,
  add column claim_code text;
