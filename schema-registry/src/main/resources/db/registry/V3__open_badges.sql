-- Null where a definition's credentials are no Open Badges; one is, exactly if it has criteria.
alter table credential_definition
  add column open_badge_type     text,
  add column open_badge_criteria text,
  add column open_badge_image    text,
  add check (open_badge_criteria is not null or (open_badge_type is null and open_badge_image is null));
