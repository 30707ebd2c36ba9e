-- Whether the recipients are told of a change of status, and what became of each message: null where none
-- was asked for, or nothing is known yet.
alter table status_change add column notify boolean not null default false;
alter table status_change_row
  add column email_notice delivery_state,
  add column sms_notice   delivery_state;
