-- Which rows repeat a row that is about to say something else.
create index row_duplicate_of on row_duplicate (of_batch, of_number);
