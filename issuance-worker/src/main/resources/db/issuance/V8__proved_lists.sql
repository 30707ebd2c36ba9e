-- The list with embedded proofs, for verifiers of Data Integrity; null where it is a token, or was signed before there were any.
alter table status_list add column proved text;
