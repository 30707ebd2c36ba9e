package dev.credmill.bench.chaos;

import dev.credmill.bench.installation.Api;
import dev.credmill.bench.installation.Installation;
import dev.credmill.bench.installation.MailSink;
import dev.credmill.bench.installation.Ranges;
import dev.credmill.bench.installation.Service;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bin/chaos}: whether every row becomes exactly one credential, whatever dies. */
@Command(
    name = "bin/chaos",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpWidth = 110,
    description = {
      "Starts the packaged services as processes of their own, with a real PostgreSQL, a real Kafka broker",
      "and a mail server. While batches of two organizations run, it kills (kill -9), freezes, restarts and",
      "scales processes at random moments and lets the mail server misbehave. Then it checks by SQL, by the",
      "mail server and by a verifier of its own what must hold, and prints a verdict for each invariant.",
      "Ends with 1 when one is broken, with 2 when the options are wrong.",
      ""
    })
final class Chaos implements Callable<Integer> {
  private static final Duration LEASE = Duration.ofSeconds(3);

  /** Longer than every lease, and than Kafka waits for a consumer. */
  private static final Duration FREEZE = Duration.ofSeconds(7);

  private static final Duration LONGEST_END = Duration.ofSeconds(120);

  /** Messages that one notification-worker has under way at once, as the service has it. */
  private static final int CONCURRENCY = 32;

  @Option(
      names = "--rows",
      defaultValue = "20000",
      description = "recipients in all; a sheet for each strike or more (default ${DEFAULT-VALUE})")
  private int rows;

  @Option(
      names = "--strikes",
      defaultValue = "60",
      description = "how often something is struck (default ${DEFAULT-VALUE})")
  private int strikes;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "decides sheets, order and moments of the strikes (default ${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--only",
      paramLabel = "TARGET",
      description =
          "strike only one of ${COMPLETION-CANDIDATES} (default: all, and the mail server)")
  private Strike.Target only;

  @Option(
      names = "--outage",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "how long Kafka is away in the last drill (default ${DEFAULT-VALUE})")
  private int outage;

  @Option(
      names = "--heap",
      defaultValue = "256",
      description = "heap of each service in MiB (default ${DEFAULT-VALUE})")
  private int heap;

  private final Findings findings = new Findings();

  @Spec private CommandSpec spec;

  Chaos() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Chaos()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Ranges.check(spec, "--rows", rows, 1_000_000);
    Ranges.check(spec, "--strikes", strikes, 10_000);
    Ranges.check(spec, "--outage", outage, 3_600);
    Ranges.check(spec, "--heap", heap, 1 << 20);
    Path root = Path.of(System.getProperty("bench.root", "."));
    Path folder = Installation.newFolder(root, "chaos");
    try (MailSink mail = MailSink.start();
        Installation installation =
            Installation.start(
                root, folder, heap, EnumSet.allOf(Service.class), options(mail.port()))) {
      storm(installation, mail, folder);
      System.out.printf(
          Locale.ROOT,
          "%nrows %,d, strikes %d, seed %d: %s%n",
          rows,
          strikes,
          seed,
          findings.hold() ? "every invariant holds" : "AN INVARIANT IS BROKEN");
    }
    return findings.hold() ? 0 : 1;
  }

  /** Shorter waits than in earnest, so that a storm of minutes holds what else takes a day. */
  private static String[] options(int smtp) {
    return new String[] {
      "-Dnotification.email.host=127.0.0.1",
      "-Dnotification.email.port=" + smtp,
      "-Dbatch.lease=" + LEASE.toSeconds() + "s",
      "-Dbatch.stall-after=10s",
      "-Dbatch.messages-overdue-after=10s",
      "-Dnotification.lease=PT6S",
      "-Dnotification.send-timeout=PT2S",
      "-Dnotification.retry.first=PT1S",
      "-Dnotification.retry.longest=PT4S",
      "-Dnotification.announce-after=PT2S",
      "-Dkafka.session.timeout.ms=6000",
      "-Dkafka.heartbeat.interval.ms=2000"
    };
  }

  /** What a finished storm showed. */
  Findings findings() {
    return findings;
  }

  private void storm(Installation installation, MailSink mail, Path folder) throws Exception {
    Sql sql = new Sql(installation.database());
    try (Connection database = sql.connect()) {
      Audit.install(database);
    }
    Groups groups = new Groups(installation.kafka());
    Leftovers leftovers = new Leftovers(sql, groups, installation);
    System.out.printf("seed %d; strikes:%n", seed);
    Storm storm =
        new Storm(installation, mail, leftovers, FREEZE, strikes, only, seed, System.out::println);
    Uploads uploads =
        Uploads.start(
            seed, rows, strikes, folder, installation.url(Service.BATCH_API), storm::progress);
    storm.run();
    System.out.println();
    findings.add(
        "most strikes met work",
        "%d of %d".formatted(storm.metWork(), strikes),
        storm.metWork() * 2 > strikes ? List.of() : List.of("the storm shows little"));
    uploads.await(LONGEST_END);
    leftovers.awaitEnd(LONGEST_END, findings);
    leftovers.check(findings);
    Verifier verifier = new Verifier(new Api(installation.url(Service.ISSUANCE_WORKER), ""));
    new Invariants(sql, mail, installation.url(Service.BATCH_API), verifier, uploads, findings)
        .check(storm.thatMayRepeatMessages(), CONCURRENCY);
    Drills drills = new Drills(installation, sql, groups, leftovers, mail, folder, findings, seed);
    drills.everyEventOnceMoreFromTheStart();
    drills.everyEventTwiceInRandomOrder();
    drills.kafkaLosesEverything();
    drills.kafkaIsAway(Duration.ofSeconds(outage));
    findings.add("nothing went backwards to the end", "triggers", sql.lines(Audit.BACKWARDS));
    leftovers.check(findings);
  }
}
