package dev.credmill.notification.delivery;

import dev.credmill.contracts.event.DeliveryRequested;
import dev.credmill.contracts.problem.Problem;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.notification.delivery.Deliveries.Request;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.regex.Pattern;

/**
 * Events are input like any other: what one claims must be possible. What is not becomes a failed
 * delivery that says so; an exception would hold up everybody's messages.
 */
@ApplicationScoped
class Plausibility {
  private static final int LONGEST_ADDRESS = 320;
  private static final int LONGEST_NAME = 1_000;
  private static final int LONGEST_LINK = 2_000;
  private static final int LONGEST_ID = 200;
  private static final int LONGEST_LANGUAGE = 35;
  private static final int LONGEST_CODE = 20;
  private static final Pattern LINK = Pattern.compile("https?://[\\x21-\\x7E]+");

  private static final Pattern CODE = Pattern.compile("[0-9]{4,12}");

  /** Everything that could end a line or hide: C0, C1, DEL, line and paragraph separators. */
  private static final Pattern CONTROL =
      Pattern.compile("[\\p{Cntrl}\\u0080-\\u009F\\u2028\\u2029]");

  Request check(DeliveryRequested event) {
    String contact = line(event.contact(), LONGEST_ADDRESS);
    String link = line(event.link(), LONGEST_LINK);
    String definitionId = line(event.definitionId(), LONGEST_ID);
    DeliveryRequested cleaned =
        new DeliveryRequested(
            event.row(),
            event.organization(),
            definitionId,
            event.medium(),
            event.purpose(),
            event.generation(),
            contact,
            line(event.name(), LONGEST_NAME),
            event.language() == null ? null : line(event.language(), LONGEST_LANGUAGE),
            link,
            event.claimLink() == null ? null : line(event.claimLink(), LONGEST_LINK),
            event.claimCode() == null ? null : line(event.claimCode(), LONGEST_CODE));
    if (!contact.equals(event.contact()) || contact.isEmpty()) {
      return impossible(cleaned, "The contact cannot be one; correct it in the row and send again");
    }
    if (!link.equals(event.link()) || !LINK.matcher(link).matches()) {
      return impossible(cleaned, "The link to the credential is not a web address");
    }
    if (cleaned.claimLink() != null && !LINK.matcher(cleaned.claimLink()).matches()) {
      return impossible(cleaned, "The link to the claim is not a web address");
    }
    if (cleaned.claimCode() != null && !CODE.matcher(cleaned.claimCode()).matches()) {
      return impossible(cleaned, "The code of the claim cannot be one");
    }
    return definitionId.equals(event.definitionId())
        ? new Request(cleaned, null)
        : impossible(cleaned, "The credential definition cannot be one");
  }

  private static Request impossible(DeliveryRequested event, String detail) {
    return new Request(event, Problem.of(ProblemType.MESSAGE_NOT_DELIVERED, detail));
  }

  /** One line without control characters, cut between characters where it is too long. */
  private static String line(String text, int longest) {
    String line = CONTROL.matcher(text).replaceAll(" ");
    if (line.length() <= longest) {
      return line;
    }
    int end = Character.isHighSurrogate(line.charAt(longest - 1)) ? longest - 1 : longest;
    return line.substring(0, end);
  }
}
