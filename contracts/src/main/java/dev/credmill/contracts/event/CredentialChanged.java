package dev.credmill.contracts.event;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.credmill.contracts.id.RowId;
import java.time.Instant;

/** Something about an issued credential is different from before, and published already. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "change")
@JsonSubTypes({
  @JsonSubTypes.Type(value = CredentialChanged.ValidityChanged.class, name = "validity"),
  @JsonSubTypes.Type(value = CredentialChanged.ClaimChanged.class, name = "claim")
})
public sealed interface CredentialChanged extends Event {
  String TOPIC = "credential-changed";

  @Override
  default String topic() {
    return TOPIC;
  }

  /**
   * The answer to a {@link StatusRequested}: what the credential is now.
   *
   * @param number of the change that asked
   * @param validity as the published status lists have it, whether or not that is what was asked
   */
  record ValidityChanged(RowId row, long number, Validity validity, Instant at)
      implements CredentialChanged {
    public ValidityChanged {
      requireNonNull(row, "row");
      requireNonNull(validity, "validity");
      requireNonNull(at, "at");
      if (number < 1) {
        throw new IllegalArgumentException("changes count from 1: " + number);
      }
    }
  }

  /** How far the recipient is with taking it into a wallet; the later one in time counts. */
  record ClaimChanged(RowId row, ClaimStatus claim, Instant at) implements CredentialChanged {
    public ClaimChanged {
      requireNonNull(row, "row");
      requireNonNull(claim, "claim");
      requireNonNull(at, "at");
    }
  }
}
