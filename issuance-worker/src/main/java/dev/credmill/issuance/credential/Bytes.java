package dev.credmill.issuance.credential;

import java.util.Arrays;

/** A byte buffer that grows and is used again and again. Belongs to one thread. */
final class Bytes {
  private byte[] bytes = new byte[4096];
  private int length;

  void clear() {
    length = 0;
  }

  void append(byte[] source) {
    append(source, 0, source.length);
  }

  void append(byte[] source, int offset, int count) {
    ensure(count);
    System.arraycopy(source, offset, bytes, length, count);
    length += count;
  }

  void append(byte one) {
    ensure(1);
    bytes[length++] = one;
  }

  /** The text must be ASCII: each of its characters becomes one byte. */
  @SuppressWarnings("deprecation") // the one copy out of a String that allocates nothing
  void appendAscii(String text) {
    ensure(text.length());
    text.getBytes(0, text.length(), bytes, length);
    length += text.length();
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, length);
  }

  private void ensure(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
