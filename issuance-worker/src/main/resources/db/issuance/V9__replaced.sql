-- The batch whose row of the same number has the credential that takes the place of a revoked one.
alter table credential_validity add column replaced_by uuid;
