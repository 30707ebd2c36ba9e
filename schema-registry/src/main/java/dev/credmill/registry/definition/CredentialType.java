package dev.credmill.registry.definition;

import dev.credmill.registry.schema.ReservedNames;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** The specific type of a credential, which stands beside {@code VerifiableCredential}. */
record CredentialType(String value) {
  private static final Pattern PASCAL_CASE = Pattern.compile("[A-Z][A-Za-z0-9]{0,63}");
  private static final String ENDING = "Credential";
  private static final int LONGEST_HEAD = 64 - ENDING.length();

  CredentialType {
    if (!PASCAL_CASE.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "must be 1 to 64 of A-Z, a-z and 0-9, beginning with a capital, such as DiplomaCredential");
    }
    if (ReservedNames.isType(value)) {
      throw new IllegalArgumentException(
          "must be a type of its own; %s belongs to the W3C context".formatted(value));
    }
  }

  /** "Diploma of honour" becomes DiplomaOfHonourCredential. */
  static CredentialType of(String name) {
    String plain = Normalizer.normalize(name, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
    StringBuilder head = new StringBuilder();
    for (String word : plain.split("[^A-Za-z0-9]+", -1)) {
      if (!word.isEmpty()) {
        head.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
      }
    }
    if (head.isEmpty() || Character.isDigit(head.charAt(0))) {
      throw new IllegalArgumentException(
          "cannot be made of this name; give a type such as DiplomaCredential");
    }
    if (head.toString().endsWith(ENDING)) {
      head.setLength(head.length() - ENDING.length());
    }
    head.setLength(Math.min(head.length(), LONGEST_HEAD));
    return new CredentialType(head + ENDING);
  }
}
