package dev.credmill.bench.chaos;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Something that goes wrong in a data centre. */
enum Strike {
  WORKER_KILLED(Target.worker, "kill -9 of an issuance-worker"),
  WORKER_FROZEN(Target.worker, "an issuance-worker frozen for longer than the lease"),
  WORKERS_SCALED(Target.worker, "issuance-workers 1 -> 3 -> 1"),
  API_KILLED(Target.api, "kill -9 of batch-api"),
  API_FROZEN(Target.api, "batch-api frozen for longer than the lease"),
  NOTIFIER_KILLED(Target.notifier, "kill -9 of notification-worker"),
  NOTIFIER_FROZEN(Target.notifier, "notification-worker frozen for longer than the lease"),
  MAIL_REFUSED(Target.notifier, "the mail server takes no connections"),
  MAIL_POSTPONED(Target.notifier, "the mail server answers 451"),
  MAIL_BROKEN_OFF(Target.notifier, "the mail server breaks off after DATA, before 250"),
  KAFKA_KILLED(Target.kafka, "kill -9 of Kafka"),
  POSTGRESQL_KILLED(Target.postgres, "kill -9 of PostgreSQL");

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

  Strike(Target target, String description) {
    this.target = target;
    this.description = description;
  }

  /** Those against one target; against all for null. */
  static List<Strike> against(Target target) {
    List<Strike> strikes = new ArrayList<>(Arrays.asList(values()));
    strikes.removeIf(strike -> target != null && strike.target != target);
    return strikes;
  }
}
