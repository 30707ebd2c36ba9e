-- What an organization's emails say. A null definition is all of them, a null language any.
create table message_template (
  id            uuid primary key,
  organization  text        not null,
  definition_id text,
  purpose       text        not null,
  language      text,                 -- BCP 47
  subject       text        not null,
  body          text,                 -- Mustache: paragraphs for the layout that comes along
  html          text,                 -- Mustache: a document in place of that layout
  text          text,                 -- Mustache: goes with it
  logo_url      text,
  accent_color  text,                 -- #rrggbb
  version       integer     not null, -- counts the changes
  created_at    timestamptz not null,
  updated_at    timestamptz not null,
  check (body is not null or (html is not null and text is not null)),
  constraint message_template_one_of_a_kind
    unique nulls not distinct (organization, definition_id, purpose, language)
);
create index message_template_organization on message_template (organization, id);

-- How many templates were sent to somebody for a look, in one hour of the clock.
create table message_template_test (
  organization text        primary key,
  hour         timestamptz not null,
  sent         integer     not null
);
