package dev.credmill.notification.delivery;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How messages are named in email: {@link DeliveryKey#messageHex()}. */
public final class MessageName {
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{32}");

  /** In a return path or a Message-ID, which some write without its brackets. */
  private static final Pattern IN_ADDRESS = Pattern.compile("(?:^|[+<])([0-9a-f]{32})@");

  private MessageName() {}

  /** The first message that a text names by an address. */
  public static Optional<UUID> in(String text) {
    Matcher address = IN_ADDRESS.matcher(text);
    return address.find() ? Optional.of(uuid(address.group(1))) : Optional.empty();
  }

  /** The message of that name; empty where it is none. */
  public static Optional<UUID> of(String hex) {
    return HEX.matcher(hex).matches() ? Optional.of(uuid(hex)) : Optional.empty();
  }

  private static UUID uuid(String hex) {
    return new UUID(
        Long.parseUnsignedLong(hex, 0, 16, 16), Long.parseUnsignedLong(hex, 16, 32, 16));
  }
}
