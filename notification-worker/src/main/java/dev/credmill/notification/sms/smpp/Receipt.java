package dev.credmill.notification.sms.smpp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.OptionalParameter.Message_state;
import org.jsmpp.bean.OptionalParameter.Receipted_message_id;

/**
 * What an SMSC says became of a segment (SMPP 3.4, appendix B). The library's own reader gives up
 * on receipts whose dates are not as in the appendix, and they often are not.
 *
 * @param smscId in the one spelling of {@link SmscIds}
 * @param state DELIVRD, UNDELIV and so on
 * @param error the network's code; empty where there is none
 */
record Receipt(String smscId, State state, String error) {
  private static final Pattern ID = Pattern.compile("(?i)\\bid:\\s*(\\S+)");
  private static final Pattern STATE = Pattern.compile("(?i)\\bstat:\\s*([A-Z]+)");
  private static final Pattern ERROR = Pattern.compile("(?i)\\berr:\\s*(\\w+)");

  /** What may stand behind {@code stat:}, and its number as message_state. */
  enum State {
    ENROUTE(1),
    DELIVRD(2),
    EXPIRED(3),
    DELETED(4),
    UNDELIV(5),
    ACCEPTD(6),
    UNKNOWN(7),
    REJECTD(8);

    /** Some write DELIVERED and REJECTED; so many letters tell them apart. */
    private static final int LETTERS = 5;

    private final int number;

    State(int number) {
      this.number = number;
    }

    /** What has come to an end, as far as the SMSC knows. */
    boolean isLast() {
      return switch (this) {
        // Somebody may have it, and a second copy would be one too many.
        case ENROUTE, ACCEPTD, UNKNOWN -> false;
        case DELIVRD, EXPIRED, DELETED, UNDELIV, REJECTD -> true;
      };
    }

    static Optional<State> of(String text) {
      for (State state : values()) {
        if (text.toUpperCase(Locale.ROOT).startsWith(state.name().substring(0, LETTERS))) {
          return Optional.of(state);
        }
      }
      return Optional.empty();
    }

    static Optional<State> of(int number) {
      for (State state : values()) {
        if (state.number == number) {
          return Optional.of(state);
        }
      }
      return Optional.empty();
    }
  }

  /** The receipt in a deliver_sm; empty where it is none that can be read. */
  static Optional<Receipt> of(DeliverSm deliverSm, SmscIds ids) {
    if (!deliverSm.isSmscDeliveryReceipt()) {
      return Optional.empty();
    }
    String text = new String(body(deliverSm), ISO_8859_1);
    Receipted_message_id named = deliverSm.getOptionalParameter(Receipted_message_id.class);
    Message_state numbered = deliverSm.getOptionalParameter(Message_state.class);
    Optional<String> id =
        Optional.ofNullable(named)
            .map(parameter -> ids.answered(parameter.getValueAsString()))
            .or(() -> found(ID, text).map(ids::receipted));
    Optional<State> state =
        Optional.ofNullable(numbered)
            .flatMap(parameter -> State.of(parameter.getValue()))
            .or(() -> found(STATE, text).flatMap(State::of));
    return id.flatMap(
        name -> state.map(one -> new Receipt(name, one, found(ERROR, text).orElse(""))));
  }

  private static byte[] body(DeliverSm deliverSm) {
    OptionalParameter.Message_payload payload =
        deliverSm.getOptionalParameter(OptionalParameter.Message_payload.class);
    return payload == null ? deliverSm.getShortMessage() : payload.getValue();
  }

  private static Optional<String> found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  boolean isDelivered() {
    return state == State.DELIVRD;
  }

  String words() {
    return "SMSC: " + state + (error.isEmpty() ? "" : ", error " + error);
  }
}
