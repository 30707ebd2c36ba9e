package dev.credmill.bench.chaos;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Has PostgreSQL itself write down every change of a state, in triggers that the product knows
 * nothing of.
 */
final class Audit {
  private static final String INSTALL =
      """
      create schema chaos;
      create table chaos.step (
        what text not null, batch_id uuid, number int, before text, after text,
        at timestamptz not null default clock_timestamp());

      create function chaos.row_step() returns trigger language plpgsql security definer as $$
      begin
        if exists (select from batch.row_credential
                   where batch_id = old.batch_id and number = old.number) then
          insert into chaos.step (what, batch_id, number, before, after)
          values ('entry', old.batch_id, old.number, 'ISSUED', coalesce(new.issue::text, 'deleted'));
        elsif new is not null then
          insert into chaos.step (what, batch_id, number, before, after)
          values ('row', old.batch_id, old.number, old.issue || ' in run ' || old.run,
                  new.issue || ' in run ' || new.run);
        end if;
        return null;
      end $$;
      create trigger chaos_gone after delete on batch.sheet_row for each row
        execute function chaos.row_step();
      create trigger chaos after update on batch.sheet_row for each row
        when (old.issue is distinct from new.issue or old.run is distinct from new.run)
        execute function chaos.row_step();

      create function chaos.email_step() returns trigger language plpgsql security definer as $$
      begin
        insert into chaos.step (what, batch_id, number, before, after)
        values ('email', old.batch_id, old.number, old.email_delivery::text, new.email_delivery::text);
        return null;
      end $$;
      create trigger chaos after update on batch.row_credential for each row
        when (old.email_delivery is distinct from new.email_delivery)
        execute function chaos.email_step();

      create function chaos.entry_step() returns trigger language plpgsql security definer as $$
      begin
        insert into chaos.step (what, batch_id, number, before, after)
        values ('entry', old.batch_id, old.number, 'ISSUED', 'changed');
        return null;
      end $$;
      create trigger chaos_kept after delete on batch.row_credential for each row
        execute function chaos.entry_step();
      create trigger chaos_same after update on batch.row_credential for each row
        when ((old.credential_id, old.link_token, old.issued_at)
              is distinct from (new.credential_id, new.link_token, new.issued_at))
        execute function chaos.entry_step();

      create function chaos.credential_step() returns trigger language plpgsql security definer as $$
      begin
        insert into chaos.step (what, number, before, after)
        values ('credential', old.row_number, 'stored', lower(tg_op));
        return null;
      end $$;
      create trigger chaos after update or delete on issuance.credential for each row
        execute function chaos.credential_step();

      create function chaos.delivery_step() returns trigger language plpgsql security definer as $$
      begin
        insert into chaos.step (what, batch_id, number, before, after)
        values ('delivery', old.batch_id, old.row_number, old.status, new.status);
        return null;
      end $$;
      create trigger chaos after update on notification.delivery for each row
        when (old.status is distinct from new.status)
        execute function chaos.delivery_step();
      """;

  /** What must never happen. A delivery goes back to PENDING to be tried again, never further. */
  static final String BACKWARDS =
      """
      select what || ' ' || before || ' -> ' || after || ': ' || count(*)
      from chaos.step
      where case what
        when 'row' then not (before like 'READY in run %'
          and after ~ '^(FAILED|CANCELLED|SKIPPED|INVALID) in run'
          and substring(before from '\\d+$') = substring(after from '\\d+$'))
        when 'email' then (before, after) not in (
          ('PENDING', 'SENDING'), ('PENDING', 'SENT'), ('PENDING', 'FAILED'),
          ('SENDING', 'SENT'), ('SENDING', 'FAILED'))
        when 'delivery' then before not in ('PENDING', 'SENDING')
        else true end
      group by what, before, after
      """;

  private Audit() {}

  static void install(Connection database) throws SQLException {
    try (Statement statement = database.createStatement()) {
      statement.execute(INSTALL);
    }
  }
}
