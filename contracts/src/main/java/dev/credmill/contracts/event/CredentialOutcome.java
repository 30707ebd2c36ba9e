package dev.credmill.contracts.event;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.credmill.contracts.id.RowId;
import dev.credmill.contracts.problem.Problem;
import java.time.Instant;

/** What became of a requested credential. For one (row, run) it never changes. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "outcome")
@JsonSubTypes({
  @JsonSubTypes.Type(value = CredentialOutcome.Issued.class, name = "issued"),
  @JsonSubTypes.Type(value = CredentialOutcome.Refused.class, name = "refused")
})
public sealed interface CredentialOutcome extends Event {
  String TOPIC = "credential-outcome";

  int run();

  @Override
  default String topic() {
    return TOPIC;
  }

  /**
   * Signed and stored.
   *
   * @param credentialId the credential's {@code id}, a {@code urn:uuid:}
   * @param linkToken the last segment of the Cred_URL
   * @param claimToken the last segment of the claim link; null where none was asked for
   * @param claimCode what the claim asks for besides; null where it asks for nothing
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Issued(
      RowId row,
      int run,
      String credentialId,
      String linkToken,
      Instant issuedAt,
      String claimToken,
      String claimCode)
      implements CredentialOutcome {
    /** Of a batch without messages. */
    public Issued(RowId row, int run, String credentialId, String linkToken, Instant issuedAt) {
      this(row, run, credentialId, linkToken, issuedAt, null, null);
    }

    public Issued {
      requireNonNull(row, "row");
      requireNonNull(credentialId, "credentialId");
      requireNonNull(linkToken, "linkToken");
      requireNonNull(issuedAt, "issuedAt");
    }
  }

  /** Cannot be issued as it is; the problem says what to do. */
  record Refused(RowId row, int run, Problem problem) implements CredentialOutcome {
    public Refused {
      requireNonNull(row, "row");
      requireNonNull(problem, "problem");
    }
  }
}
