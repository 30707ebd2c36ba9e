create table organization (
  id          text primary key,
  name        text        not null,
  public_url  text        not null,
  did         text        not null unique,
  created_at  timestamptz not null
);

create table api_key (
  id               text primary key,
  organization_id  text references organization,
  role             text        not null check (role in ('ISSUER', 'ORG_ADMIN', 'PLATFORM_ADMIN')),
  name             text        not null,
  hash             text        not null unique,
  created_by       text        not null,
  created_at       timestamptz not null,
  revoked_at       timestamptz,
  check ((organization_id is null) = (role = 'PLATFORM_ADMIN'))
);
create index api_key_list on api_key (organization_id, created_at desc, id desc);

create table credential_schema (
  id               text primary key,
  organization_id  text        not null references organization,
  name             text        not null,
  version          text        not null,
  description      text,
  claims           text        not null, -- not jsonb: the order of the claims is the order of the columns
  created_by       text        not null,
  created_at       timestamptz not null,
  published_at     timestamptz,
  unique (id, organization_id)
);
create index credential_schema_list on credential_schema (organization_id, created_at desc, id desc);

create table certificate_template (
  id               text primary key,
  organization_id  text        not null references organization,
  name             text        not null,
  description      text,
  svg              text        not null,
  placeholders     text[]      not null,
  sample_values    text        not null,
  created_by       text        not null,
  created_at       timestamptz not null,
  published_at     timestamptz,
  unique (id, organization_id)
);
create index certificate_template_list on certificate_template (organization_id, created_at desc, id desc);

create table credential_definition (
  id                       text primary key,
  organization_id          text        not null references organization,
  lineage                  text        not null, -- the id of the first version
  version                  integer     not null check (version > 0),
  supersedes               text references credential_definition,
  name                     text        not null,
  description              text,
  type                     text        not null,
  schema_id                text        not null,
  certificate_template_id  text,
  validity                 text,
  formats                  text[]      not null,
  display_title            text        not null,
  display_description      text,
  display_locale           text        not null,
  created_by               text        not null,
  created_at               timestamptz not null,
  published_at             timestamptz,
  unique (lineage, version),
  check ((version = 1) = (supersedes is null)),
  foreign key (schema_id, organization_id) references credential_schema (id, organization_id),
  foreign key (certificate_template_id, organization_id) references certificate_template (id, organization_id)
);
create index credential_definition_list on credential_definition (organization_id, created_at desc, id desc);

-- Signed credentials point to what is published, for ever: no mistake in the code may change it.
create function refuse_change_of_published() returns trigger language plpgsql as $$
begin
  raise exception '% % is published and never changes', tg_table_name, old.id;
end $$;

create trigger published_never_changes before update or delete on credential_schema
  for each row when (old.published_at is not null) execute function refuse_change_of_published();
create trigger published_never_changes before update or delete on certificate_template
  for each row when (old.published_at is not null) execute function refuse_change_of_published();
create trigger published_never_changes before update or delete on credential_definition
  for each row when (old.published_at is not null) execute function refuse_change_of_published();
