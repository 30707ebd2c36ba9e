-- How wallets show a definition's credentials, besides its texts.
alter table credential_definition
  add column display_logo       text,
  add column display_background text,
  add column display_text_color text,
  add column type_integrity     text; -- null where the type follows from the definition alone

-- What SD-JWT VCs pin by its hash: the very texts, whatever later versions of the service would make of
-- the same definition.
create table published_type (
  definition_id text primary key references credential_definition,
  metadata      text not null,
  svg           text not null
);
create function refuse_change_of_published_type() returns trigger language plpgsql as $$
begin
  raise exception 'the type of % is published and never changes', old.definition_id;
end $$;
create trigger published_never_changes before update or delete on published_type
  for each row execute function refuse_change_of_published_type();
