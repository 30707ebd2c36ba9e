-- Status entries of what was signed by the VC API. Only these may be changed by it: all others follow from
-- what became of a row.
create table vc_api_status (
  list  uuid    not null,
  index integer not null,
  primary key (list, index)
);
