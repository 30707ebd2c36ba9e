package dev.credmill.bench.chaos;

import dev.credmill.bench.installation.Installation;
import dev.credmill.bench.installation.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Whether all work has come to an end, and nothing of it lies about. */
final class Leftovers {
  /** Rows that are neither waiting for a person nor at their end, and messages under way. */
  private static final String UNFINISHED =
      """
      select (select count(*) from batch.batch where phase = 'VALIDATING' and cancelled_at is null)
        + (select count(*) from batch.sheet_row r
           join batch.batch b on b.id = r.batch_id
           where r.issue = 'READY' and b.started_at is not null
             and not exists (select from batch.row_credential c
                             where c.batch_id = r.batch_id and c.number = r.number))
        + (select count(*) from batch.row_credential
           where email_delivery in ('PENDING', 'SENDING'))
        + (select count(*) from notification.delivery where settled_at is null or not announced)
      """;

  private final Sql sql;
  private final Groups groups;
  private final Installation installation;

  Leftovers(Sql sql, Groups groups, Installation installation) {
    this.sql = sql;
    this.groups = groups;
    this.installation = installation;
  }

  /** How much work there is. */
  long unfinished() throws SQLException {
    return sql.count(UNFINISHED);
  }

  /** Waits for the end of all work; how much of it is left after that time. */
  void awaitEnd(Duration longest, Findings findings) throws SQLException, InterruptedException {
    long start = System.nanoTime();
    long left = sql.count(UNFINISHED);
    while (left > 0 && System.nanoTime() - start < longest.toNanos()) {
      TimeUnit.MILLISECONDS.sleep(500);
      left = sql.count(UNFINISHED);
    }
    findings.add(
        "every row and message is at its end within %d s".formatted(longest.toSeconds()),
        "%.1f s".formatted((System.nanoTime() - start) / 1e9),
        left == 0 ? List.of() : List.of(left + " are not"));
  }

  /** Waits until nothing is under way. */
  void awaitQuiet(Duration longest) throws SQLException, InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    while (unfinished() > 0 && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(500);
    }
  }

  void check(Findings findings)
      throws SQLException, ExecutionException, InterruptedException, IOException {
    List<String> left = new ArrayList<>(groups.lagAfter(Duration.ofSeconds(60)));
    // The reconciler, which ends runs, looks every second.
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    List<String> open = open();
    while (!open.isEmpty() && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(500);
      open = open();
    }
    left.addAll(open);
    left.addAll(installation.said("did not agree with its rows"));
    for (Service service : Service.values()) {
      try (Stream<Path> files = Files.walk(installation.temporary(service))) {
        files
            .filter(
                file -> file.getFileName().toString().matches("credmill-.*\\.xlsx|strings.*\\.tmp"))
            .forEach(file -> left.add("temporary file " + file.getFileName()));
      }
    }
    findings.add(
        "no consumer lag, no stuck lease, no open run, no file left, no count put right",
        "3 groups, %d runs".formatted(sql.count("select count(*) from batch.relay_run")),
        left);
  }

  private List<String> open() throws SQLException {
    return sql.lines(
        """
        select 'run ' || r.run || ' of ' || r.batch_id || ' is open' from batch.relay_run r
          where not r.finished or not r.settled
        union all
        select 'a lease of ' || id || ' is held' from batch.batch where lease_owner is not null
          and phase <> 'VALIDATING'
        union all
        select 'row ' || r.number || ' of ' || r.batch_id || ' is ' || r.issue || ' and issued'
          from batch.sheet_row r
          join batch.row_credential c on c.batch_id = r.batch_id and c.number = r.number
          where r.issue <> 'READY'
        union all
        select 'a file of ' || u.batch_id || ' is kept' from batch.upload_chunk u
        """);
  }
}
