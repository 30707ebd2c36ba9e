package dev.credmill.batch.validation;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import dev.credmill.contracts.event.Medium;
import java.util.Optional;

/** Whether a recipient can be written to at a contact. Not for use by several threads. */
public final class ContactCheck {
  private static final PhoneNumberUtil PHONES = PhoneNumberUtil.getInstance();

  private final EmailCheck emails = new EmailCheck();
  private final String phoneRegion;

  /**
   * @param phoneRegion for numbers without {@code +}; null refuses them
   */
  public ContactCheck(String phoneRegion) {
    this.phoneRegion = phoneRegion;
  }

  /** The contact as messages take it; empty where it is none of that medium. */
  public Optional<String> of(Medium medium, String text) {
    return switch (medium) {
      case EMAIL -> emails.isEmail(text) ? Optional.of(text) : Optional.empty();
      case SMS -> phone(text);
    };
  }

  private Optional<String> phone(String text) {
    try {
      PhoneNumber number = PHONES.parse(text, phoneRegion);
      return PHONES.isValidNumber(number)
          ? Optional.of(PHONES.format(number, PhoneNumberUtil.PhoneNumberFormat.E164))
          : Optional.empty();
    } catch (NumberParseException e) {
      return Optional.empty();
    }
  }

  /** What to write instead. */
  public static String advice(Medium medium) {
    return switch (medium) {
      case EMAIL -> "Write an email address, such as name@example.org";
      case SMS -> "Write the number with its country, such as +49 30 901820";
    };
  }
}
