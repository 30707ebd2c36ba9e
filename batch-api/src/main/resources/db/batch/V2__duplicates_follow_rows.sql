-- Keys of rows and the look for duplicates follow the rows in larger blocks, so they have a cursor of
-- their own: rows up to here have theirs.
alter table batch add column keyed_number int not null default 1;
update batch set keyed_number = last_number;

-- Told from the counts since, which corrections change.
update batch
set warnings = (select coalesce(jsonb_agg(w), '[]') from jsonb_array_elements(warnings) w
                where w ->> 'code' <> 'duplicate-rows')
where warnings @> '[{"code": "duplicate-rows"}]';
