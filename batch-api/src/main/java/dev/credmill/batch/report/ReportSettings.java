package dev.credmill.batch.report;

import dev.credmill.contracts.problem.ProblemType;
import java.util.List;
import org.apache.commons.validator.routines.EmailValidator;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Who is told what became of an organization's messages.
 *
 * @param recipients email addresses; nobody is told where there is none
 */
@Schema(name = "DeliveryReportSettings")
record ReportSettings(
    @Schema(
            description = "Email addresses, at most 10; empty: no reports",
            examples = "[\"registrar@example.org\"]")
        List<String> recipients) {
  private static final int MOST = 10;

  /** As they may be stored. */
  ReportSettings checked() {
    if (recipients == null) {
      throw ProblemType.INVALID_BODY.because(
          "recipients is missing: a list of email addresses, empty for no reports");
    }
    if (recipients.size() > MOST) {
      throw ProblemType.INVALID_BODY.because(
          "recipients takes at most %d addresses; a mailing list counts as one".formatted(MOST));
    }
    List<String> addresses = recipients.stream().map(ReportSettings::address).distinct().toList();
    return new ReportSettings(addresses);
  }

  private static String address(String text) {
    if (text == null || !EmailValidator.getInstance().isValid(text.strip())) {
      throw ProblemType.INVALID_BODY.because(
          "recipients takes email addresses such as registrar@example.org");
    }
    return text.strip();
  }
}
