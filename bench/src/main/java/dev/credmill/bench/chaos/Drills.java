package dev.credmill.bench.chaos;

import dev.credmill.bench.installation.Api;
import dev.credmill.bench.installation.Installation;
import dev.credmill.bench.installation.Instance;
import dev.credmill.bench.installation.MailSink;
import dev.credmill.bench.installation.Service;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** What is struck on purpose after the storm: events once more, Kafka emptied, Kafka away. */
final class Drills {
  private static final Duration LONGEST_LAG = Duration.ofMinutes(5);
  private static final Duration LONGEST_BATCH = Duration.ofMinutes(5);
  private static final int ROWS = 10_000;
  private static final int MOST_ROWS = 80_000;
  private static final List<Service> CONSUMERS =
      List.of(Service.BATCH_API, Service.ISSUANCE_WORKER, Service.NOTIFICATION_WORKER);

  private final Installation installation;
  private final Sql sql;
  private final Groups groups;
  private final Leftovers leftovers;
  private final MailSink mail;
  private final Path folder;
  private final Findings findings;
  private final long seed;
  private final Api api;
  private int ordinal = 100_000;

  Drills(
      Installation installation,
      Sql sql,
      Groups groups,
      Leftovers leftovers,
      MailSink mail,
      Path folder,
      Findings findings,
      long seed) {
    this.installation = installation;
    this.sql = sql;
    this.groups = groups;
    this.leftovers = leftovers;
    this.mail = mail;
    this.folder = folder;
    this.findings = findings;
    this.seed = seed;
    this.api = new Api(installation.url(Service.BATCH_API), Sheet.Owner.ACME.key);
  }

  /** Everything that must stay as it is when events come once more. */
  private List<String> everything() throws SQLException {
    List<String> all =
        new ArrayList<>(
            sql.lines(
                """
                select 'credentials ' || count(*) || ' ' || coalesce(sum(hashtext(encode(signature, 'hex'))), 0)
                from issuance.credential
                union all
                select 'rows ' || issue || ' ' || email_delivery || ' ' || count(*) from batch.row
                group by issue, email_delivery
                union all
                select 'deliveries ' || status || ' ' || count(*) from notification.delivery group by status
                union all
                select 'counts ' || sum(issued) || ' ' || sum(failed) || ' ' || sum(email_sent)
                from batch.batch_count
                order by 1
                """));
    all.add(
        "messages " + mail.received().values().stream().mapToInt(MailSink.Received::copies).sum());
    return all;
  }

  void everyEventOnceMoreFromTheStart() throws Exception {
    List<String> before = everything();
    CONSUMERS.forEach(service -> installation.instance(service).jvm().close());
    int events = groups.rewind();
    CONSUMERS.forEach(service -> installation.instance(service).start());
    CONSUMERS.forEach(service -> installation.instance(service).awaitStarted());
    unchanged("a replay of all events changes nothing", events, before);
  }

  void everyEventTwiceInRandomOrder() throws Exception {
    List<String> before = everything();
    int events = groups.publishAgain(new Random(seed));
    unchanged("every event twice, in random order, changes nothing", events, before);
  }

  private void unchanged(String invariant, int events, List<String> before) throws Exception {
    List<String> breaches = new ArrayList<>(groups.lagAfter(LONGEST_LAG));
    leftovers.awaitQuiet(LONGEST_LAG);
    if (events < sql.count("select count(*) from issuance.credential")) {
      breaches.add("only %d events came again".formatted(events));
    }
    List<String> after = everything();
    after.stream()
        .filter(line -> !before.contains(line))
        .forEach(line -> breaches.add("now " + line));
    before.stream()
        .filter(line -> !after.contains(line))
        .forEach(line -> breaches.add("was " + line));
    breaches.addAll(sql.lines(Audit.BACKWARDS));
    findings.add(invariant, "%,d events".formatted(events), breaches);
  }

  /** Strikes until it met a batch under way: how fast one is issued depends on the machine. */
  void kafkaLosesEverything() throws Exception {
    List<String> breaches = new ArrayList<>();
    Loss loss = loseIn(ROWS, breaches);
    for (int rows = 2 * ROWS; !loss.inMidBatch() && rows <= MOST_ROWS; rows *= 2) {
      loss = loseIn(rows, breaches);
    }
    if (!loss.inMidBatch()) {
      breaches.add("the loss came too late to show anything");
    }
    findings.add(
        "the loss of all of Kafka's data in mid-batch loses nothing",
        "%,d rows, lost after %,d".formatted(loss.rows(), loss.issued()),
        breaches);
  }

  /** How many rows of a batch were issued when Kafka had lost everything. */
  private record Loss(int rows, int issued) {
    boolean inMidBatch() {
      return issued < rows;
    }
  }

  private Loss loseIn(int rows, List<String> breaches) throws Exception {
    // Partitions have had several leaders, as in any cluster; those of the new one count from 0.
    installation.killKafka();
    installation.startKafka();
    Sheet sheet = sheet(rows);
    // What it would have consumed is in Kafka alone when Kafka dies.
    Instance notifier = installation.instance(Service.NOTIFICATION_WORKER);
    notifier.freeze();
    String id = issue(sheet);
    api.await(id, batch -> batch.path("counts").path("issued").asInt() > rows / 10);
    installation.killKafka();
    int issued = api.batch(id).path("counts").path("issued").asInt();
    installation.deleteKafkaData();
    installation.startKafka();
    notifier.thaw();
    breaches.addAll(complete(List.of(id), List.of(sheet)));
    return new Loss(sheet.validRows(), issued);
  }

  void kafkaIsAway(Duration length) throws Exception {
    Sheet earlier = sheet(10);
    String known = issue(earlier);
    List<String> breaches = complete(List.of(known), List.of(earlier));
    String page =
        sql.lines(
                "select '/c/' || link_token from batch.row where batch_id = ? limit 1",
                UUID.fromString(known))
            .getFirst();
    Api publisher = new Api(installation.url(Service.ISSUANCE_WORKER), "");
    List<String> ids = new ArrayList<>();
    List<Sheet> sheets = new ArrayList<>();
    installation.killKafka();
    long end = System.nanoTime() + length.toNanos();
    long slowest = 0;
    while (System.nanoTime() < end) {
      long start = System.nanoTime();
      try {
        Sheet sheet = sheet(10);
        sheets.add(sheet);
        ids.add(issue(sheet));
        api.batch(known);
        publisher.get(page);
      } catch (RuntimeException e) {
        breaches.add(e.toString());
      }
      slowest = Math.max(slowest, System.nanoTime() - start);
      TimeUnit.SECONDS.sleep(1);
    }
    installation.startKafka();
    breaches.addAll(complete(ids, sheets));
    findings.add(
        "while Kafka is away, uploads, status and pages answer",
        "%d s, %d uploads, slowest round %.1f s"
            .formatted(length.toSeconds(), ids.size(), slowest / 1e9),
        breaches);
  }

  private Sheet sheet(int rows) {
    return new Sheet(seed, ordinal++, Sheet.Owner.ACME, Sheet.Fate.ISSUED, rows);
  }

  private String issue(Sheet sheet) {
    return api.upload(
        sheet.write(folder),
        Map.of(
            "definitionId", sheet.owner().definition,
            "mode", "ISSUE",
            "onInvalidRows", "skip",
            "medium", "EMAIL"),
        sheet.idempotencyKey());
  }

  /** Waits for batches; what is not as it must be then. */
  private List<String> complete(List<String> ids, List<Sheet> sheets) throws Exception {
    List<String> breaches = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      int valid = sheets.get(i).validRows();
      long end = System.nanoTime() + LONGEST_BATCH.toNanos();
      UUID id = UUID.fromString(ids.get(i));
      while (sent(id) < valid && System.nanoTime() < end) {
        TimeUnit.MILLISECONDS.sleep(250);
      }
      long credentials =
          sql.count(
              "select count(*) from issuance.credential c join issuance.batch b on b.number = c.batch_number where b.batch_id = ?",
              id);
      if (credentials != valid || sent(id) != valid) {
        breaches.add(
            "%s: %d credentials and %d messages for %d rows"
                .formatted(id, credentials, sent(id), valid));
      }
    }
    return breaches;
  }

  private long sent(UUID id) throws SQLException {
    return sql.count(
        "select count(*) from batch.row_credential where batch_id = ? and email_delivery = 'SENT'",
        id);
  }
}
