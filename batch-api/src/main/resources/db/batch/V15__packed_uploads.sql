-- How long a piece is that is stored packed (LZ4); null for one that stands there as it is.
alter table upload_chunk add column unpacked_length int;
