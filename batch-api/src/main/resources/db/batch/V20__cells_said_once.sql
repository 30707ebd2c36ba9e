-- Most cells are said again by what was made of them, so that only the others are kept: null stands for a
-- row that says all of its cells, and in the array for each cell that it says.
alter table sheet_row alter column cells drop not null;

-- For each column of the sheet where a row says its cell again; none where rows keep all of
-- their cells, null in batches from before.
alter table batch add column cell_sources text[];
