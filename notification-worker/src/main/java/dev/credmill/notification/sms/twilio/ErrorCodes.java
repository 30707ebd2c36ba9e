package dev.credmill.notification.sms.twilio;

import java.util.Set;

/** What Twilio's error codes mean here. Those that stand nowhere are a fault of the moment. */
final class ErrorCodes {
  /** The recipient answered STOP. */
  static final int UNSUBSCRIBED = 21610;

  /** Nothing will ever reach the number: blocked, unknown, a landline, not a number for SMS. */
  private static final Set<Integer> OF_THE_NUMBER = Set.of(30004, 30005, 30006, 21211, 21614);

  /** The account or its sender is not set up: no fault of the message, so it does not end it. */
  private static final Set<Integer> OF_THE_ACCOUNT =
      Set.of(
          20003, 20005, 20404, 21212, 21603, 21606, 21659, 21660, 21701, 21703, 21704, 21705,
          30002);

  private ErrorCodes() {}

  static boolean isOfTheNumber(int code) {
    return OF_THE_NUMBER.contains(code);
  }

  static boolean isOfTheAccount(int code) {
    return OF_THE_ACCOUNT.contains(code);
  }
}
