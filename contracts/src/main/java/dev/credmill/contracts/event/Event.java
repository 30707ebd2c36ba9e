package dev.credmill.contracts.event;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.credmill.contracts.id.RowId;

/** One thing that happened to one row. Each event names its topic as {@code TOPIC}. */
public sealed interface Event
    permits CredentialRequested,
        CredentialOutcome,
        DeliveryRequested,
        DeliveryOutcome,
        StatusRequested,
        CredentialChanged {
  /** How many neighbouring rows share a key, and so a partition: one poll then holds neighbours. */
  int ROWS_PER_KEY = 500;

  RowId row();

  @JsonIgnore
  String topic();

  @JsonIgnore
  default String key() {
    return row().batch() + "/" + row().number() / ROWS_PER_KEY;
  }
}
