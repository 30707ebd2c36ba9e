package dev.credmill.notification.email.trial;

import dev.credmill.contracts.event.DeliveryStatus;
import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.notification.delivery.Attempt;
import dev.credmill.notification.suppression.Suppressions;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Has a message sent to whoever tries something out; to few, and not to those who want none. */
@ApplicationScoped
public class TestMessages {
  private final Suppressions suppressions;
  private final HourlyUse use;

  TestMessages(Suppressions suppressions, HourlyUse use) {
    this.suppressions = suppressions;
    this.use = use;
  }

  /** Whom to send it to. */
  @Schema(name = "TestMessage")
  public record To(
      @Schema(description = "An email address", examples = "registrar@acme.example") String to) {
    public To {
      if (to == null || to.isBlank() || to.length() > 320) {
        throw badAddress();
      }
      to = to.strip();
    }

    /** Never says whom. */
    @Override
    public String toString() {
      return "somebody";
    }
  }

  /** It went out. */
  @Schema(name = "TestMessageSent")
  public record Sent(
      @Schema(description = "The address", examples = "registrar@acme.example") String to,
      @Schema(description = "SENT: the mail server has taken it", examples = "SENT")
          DeliveryStatus status,
      @Schema(
              nullable = true,
              description = "What the mail server said to it",
              examples = "250 2.0.0 Ok: queued as 4XyZ")
          String words) {}

  /**
   * @param sending hands it over; an {@link IllegalArgumentException} says that nobody can be
   *     written to there
   */
  public Sent send(OrganizationId organization, String to, Supplier<Attempt> sending) {
    mustNotBeSuppressed(organization, to);
    use.count(organization, HourlyUse.What.TEST);
    Attempt attempt;
    try {
      attempt = sending.get();
    } catch (IllegalArgumentException _) {
      throw badAddress();
    }
    return switch (attempt) {
      case Attempt.Taken taken -> new Sent(to, DeliveryStatus.SENT, taken.words());
      case Attempt.Refused refused -> throw notTaken(refused.words());
      case Attempt.Postponed postponed -> throw notTaken(postponed.words());
      case Attempt.Deferred deferred -> throw notTaken(deferred.words());
      case Attempt.Uncertain uncertain ->
          throw notTaken(uncertain.words() + ". It may have gone out all the same");
      case Attempt.Unreachable unreachable -> throw notTaken(unreachable.words());
    };
  }

  private void mustNotBeSuppressed(OrganizationId organization, String to) {
    try {
      boolean isSuppressed =
          !suppressions
              .among(Medium.EMAIL, List.of(to), _ -> organization, address -> address)
              .isEmpty();
      if (isSuppressed) {
        throw notTaken(
            "The address is in the suppression list; take it out with DELETE /v1/suppressions/{id} if that is wrong");
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the suppression list could not be read", e);
    }
  }

  private static ProblemException notTaken(String words) {
    return ProblemType.MESSAGE_NOT_DELIVERED.because(words);
  }

  private static ProblemException badAddress() {
    return ProblemType.INVALID_BODY.because(
        "`to` is no address that can be written to; write one such as ada@example.org");
  }
}
