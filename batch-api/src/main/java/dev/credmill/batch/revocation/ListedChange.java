package dev.credmill.batch.revocation;

import dev.credmill.contracts.event.StatusAction;
import dev.credmill.contracts.problem.ProblemType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A change of credentials that are listed, or of all that fit. */
@Schema(name = "NewStatusChange")
public record ListedChange(
    @Schema(description = "REVOKE if left out", examples = "REVOKE") StatusAction action,
    @Schema(examples = "Awarded by mistake") String reason,
    @Schema(
            description = "Credential ids, Cred_URLs or references; 100,000 at most",
            examples = "[\"urn:uuid:4f3c2b1a-9d8e-8c7b-a6f5-e4d3c2b1a098\"]")
        List<String> credentials,
    @Schema(description = "All that fit, in place of a list") Filter filter,
    @Schema(
            description = "Whether the recipients are told, by the media of their batch",
            defaultValue = "false")
        boolean notifyRecipients) {
  static final int MOST = 100_000;
  private static final int LONGEST_NAME = 1_000;

  public ListedChange {
    action = action == null ? StatusAction.REVOKE : action;
    ChangeRequest.mustBeReason(reason);
    if ((credentials == null) == (filter == null)) {
      throw ProblemType.INVALID_BODY.because(
          "Name the credentials in credentials, or say in filter which all are meant; one of both");
    }
    if (credentials != null
        && (credentials.isEmpty()
            || credentials.size() > MOST
            || credentials.stream()
                .anyMatch(
                    name ->
                        name == null
                            || name.isBlank()
                            || name.length() > LONGEST_NAME
                            || name.indexOf('\0') >= 0))) {
      throw ProblemType.INVALID_BODY.because(
          "credentials lists 1 to %d credential ids, Cred_URLs or references".formatted(MOST));
    }
  }

  /** Issued credentials that fit all of what is given. */
  @Schema(name = "StatusChangeFilter")
  public record Filter(
      @Schema(description = "The version of the definition", examples = "diploma")
          String definitionId,
      @Schema(description = "Of the batch", examples = "Summer 2026") String label,
      @Schema(examples = "2026-11-01T00:00:00Z") Instant issuedFrom,
      @Schema(description = "Not at that time any more", examples = "2026-12-01T00:00:00Z")
          Instant issuedBefore) {
    public Filter {
      if (definitionId == null && label == null && issuedFrom == null && issuedBefore == null) {
        throw ProblemType.INVALID_BODY.because(
            "filter says nothing; give definitionId, label, issuedFrom or issuedBefore");
      }
    }
  }

  Selection selection() {
    return credentials != null
        ? new Selection.Named(credentials)
        : new Selection.Fitting(
            filter.definitionId(), filter.label(), filter.issuedFrom(), filter.issuedBefore());
  }
}
