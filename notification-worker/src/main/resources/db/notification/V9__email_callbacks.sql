-- How an organization's own account at a provider of email proves that a callback is of it.
create table email_callback (
  organization  text        not null,
  provider      text        not null,
  topic_arn     text,                 -- of SES: the SNS topic that its events go to
  username      text,                 -- of Postmark
  password_salt text,                 -- of Postmark, in hex
  password_hash text,                 -- of Postmark: SHA-256 over salt and password, in hex
  public_key    text,                 -- of SendGrid, DER in base64
  updated_at    timestamptz not null,
  primary key (organization, provider),
  check (case provider
    when 'SES' then topic_arn is not null
    when 'POSTMARK' then username is not null and password_salt is not null and password_hash is not null
    when 'SENDGRID' then public_key is not null
    else false end)
);
