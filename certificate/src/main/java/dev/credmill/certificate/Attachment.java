package dev.credmill.certificate;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * A file that travels inside the PDF, such as the signed credential that the page shows.
 *
 * @param name a plain file name
 * @param mediaType such as {@code application/vc+jwt}
 * @param description what a PDF reader shows beside the name
 */
public record Attachment(String name, String mediaType, String description, byte[] content) {
  /** What the signed credential is called that a certificate carries. */
  public static final String CREDENTIAL = "credential.jwt";

  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  public Attachment {
    if (!PLAIN_NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("a plain file name of at most 100 characters: " + name);
    }
    requireNonNull(mediaType, "mediaType");
    requireNonNull(description, "description");
    content = content.clone();
  }

  @Override
  public byte[] content() {
    return content.clone();
  }
}
