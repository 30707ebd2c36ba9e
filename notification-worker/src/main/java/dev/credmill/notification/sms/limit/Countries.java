package dev.credmill.notification.sms.limit;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.Optional;

/** Countries by ISO 3166-1 code, as phone numbers tell them. */
final class Countries {
  private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();

  /** What the library calls numbers of no country, such as those of satellite phones. */
  private static final String WORLD = "001";

  private Countries() {}

  static boolean isOne(String code) {
    return code != null && NUMBERS.getSupportedRegions().contains(code);
  }

  /** The country of a number in E.164; empty where it is of none. */
  static Optional<String> of(String number) {
    try {
      return Optional.ofNullable(NUMBERS.getRegionCodeForNumber(NUMBERS.parse(number, null)))
          .filter(region -> !region.equals(WORLD));
    } catch (NumberParseException _) {
      return Optional.empty();
    }
  }
}
