package dev.credmill.batch.webhook;

/** Why nothing is sent to a webhook. */
enum DisabledBecause {
  /** Somebody of the organization has switched it off. */
  SWITCHED_OFF,
  /** Its receiver has answered 410. */
  GONE,
  /** Nothing but failures for days. */
  FAILING
}
