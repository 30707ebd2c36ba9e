package dev.credmill.notification.email;

/**
 * A message as it goes over the wire.
 *
 * @param recipient an address in ASCII
 * @param bytes header and body (RFC 5322), lines ended by CR LF
 */
record Mail(String recipient, byte[] bytes) {
  /** Never says whom. */
  @Override
  public String toString() {
    return bytes.length + " bytes";
  }
}
