-- How often a message may have gone out without an answer: the process died with it, or the connection
-- broke. It is sent once more then, and not a third time.
alter table delivery add column uncertain smallint not null default 0;
