-- When the broker had which rows: one entry for a chunk of them, so that a row's timeline can say when it
-- was relayed without any row having it written.
create table relay_step (
  batch_id uuid        not null,
  run      int         not null,
  up_to    int         not null,
  after    int         not null, -- the rows behind this one
  at       timestamptz not null,
  primary key (batch_id, run, up_to),
  foreign key (batch_id, run) references relay_run on delete cascade
);
