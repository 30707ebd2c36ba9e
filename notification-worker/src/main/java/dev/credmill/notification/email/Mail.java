package dev.credmill.notification.email;

/**
 * A message as it goes over the wire.
 *
 * @param returnPath to which it comes back (RFC 5321, 4.4)
 * @param recipient an address in ASCII
 * @param bytes header and body (RFC 5322), lines ended by CR LF
 */
record Mail(String returnPath, String recipient, byte[] bytes) {
  /** Never says whom. */
  @Override
  public String toString() {
    return bytes.length + " bytes";
  }
}
