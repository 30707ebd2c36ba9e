package dev.credmill.bench.chaos;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Something that goes wrong in a data centre. */
enum Strike {
  WORKER_KILLED(Target.worker, "kill -9 of an issuance-worker", false),
  WORKER_FROZEN(Target.worker, "an issuance-worker frozen, another takes over", false),
  WORKERS_SCALED(Target.worker, "issuance-workers 1 -> 3 -> 1", false),
  API_KILLED(Target.api, "kill -9 of batch-api", false),
  API_FROZEN(Target.api, "batch-api frozen, another takes over", false),
  NOTIFIER_KILLED(Target.notifier, "kill -9 of notification-worker", true),
  NOTIFIER_FROZEN(Target.notifier, "notification-worker frozen, another takes over", true),
  MAIL_REFUSED(Target.notifier, "the mail server takes no connections", true),
  MAIL_POSTPONED(Target.notifier, "the mail server answers 451", true),
  MAIL_BROKEN_OFF(Target.notifier, "the mail server breaks off after DATA, before 250", true),
  KAFKA_KILLED(Target.kafka, "kill -9 of Kafka", false),
  POSTGRESQL_KILLED(Target.postgres, "kill -9 of PostgreSQL", true);

  /** What may be struck; the names are those of {@code --only}. */
  enum Target {
    worker,
    api,
    notifier,
    kafka,
    postgres
  }

  final Target target;
  final String description;
  final boolean mayRepeatMessages;

  Strike(Target target, String description, boolean mayRepeatMessages) {
    this.target = target;
    this.description = description;
    this.mayRepeatMessages = mayRepeatMessages;
  }

  /** Those against one target; against all for null. */
  static List<Strike> against(Target target) {
    List<Strike> strikes = new ArrayList<>(Arrays.asList(values()));
    strikes.removeIf(strike -> target != null && strike.target != target);
    return strikes;
  }
}
