package dev.credmill.notification.callback.ses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.credmill.contracts.problem.ProblemType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A message of SNS as it is posted.
 *
 * @param fields those that are text, by name
 */
record SnsMessage(Type type, Map<String, String> fields) {
  private static final List<String> OF_SUBSCRIPTIONS =
      List.of("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type");
  private static final String OPTIONAL = "Subject";

  /** What kind of message it is, and so what its signature covers, in that order. */
  enum Type {
    NOTIFICATION(
        "Notification",
        List.of("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type")),
    SUBSCRIPTION_CONFIRMATION("SubscriptionConfirmation", OF_SUBSCRIPTIONS),
    UNSUBSCRIBE_CONFIRMATION("UnsubscribeConfirmation", OF_SUBSCRIPTIONS);

    private final String text;
    private final List<String> signed;

    Type(String text, List<String> signed) {
      this.text = text;
      this.signed = signed;
    }
  }

  SnsMessage {
    fields = Map.copyOf(fields);
  }

  static SnsMessage of(JsonNode body) {
    if (!body.isObject()) {
      throw ProblemType.INVALID_BODY.because("Messages of SNS are JSON objects");
    }
    Map<String, String> fields = new HashMap<>();
    body.properties().stream()
        .filter(field -> field.getValue().isTextual())
        .forEach(field -> fields.put(field.getKey(), field.getValue().textValue()));
    for (Type type : Type.values()) {
      if (type.text.equals(fields.get("Type"))) {
        return new SnsMessage(type, fields);
      }
    }
    throw ProblemType.FORBIDDEN.because(
        "This is no signed message of SNS; switch raw message delivery off in the subscription");
  }

  /**
   * @throws dev.credmill.contracts.problem.ProblemException where it has no such field
   */
  String field(String name) {
    String value = fields.get(name);
    if (value == null) {
      throw ProblemType.FORBIDDEN.because("The message has no " + name);
    }
    return value;
  }

  /** What its signature is over: names and values, each in a line. */
  String signed() {
    StringBuilder signed = new StringBuilder();
    for (String name : type.signed) {
      if (!name.equals(OPTIONAL) || fields.containsKey(OPTIONAL)) {
        signed.append(name).append('\n').append(field(name)).append('\n');
      }
    }
    return signed.toString();
  }
}
