package dev.credmill.certificate;

import java.io.IOException;
import org.apache.pdfbox.io.RandomAccessReadBuffer;

/**
 * Bytes that can be read some times over, but not for ever: whoever makes the parser go round in
 * circles makes it stop.
 */
final class TiringSource extends RandomAccessReadBuffer {
  private static final int TIMES_OVER = 64;
  private long left;

  TiringSource(byte[] bytes) {
    super(bytes);
    left = (long) TIMES_OVER * Math.max(bytes.length, 64 * 1024);
  }

  @Override
  public int read() throws IOException {
    tire(1);
    return super.read();
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int read = super.read(target, offset, length);
    tire(Math.max(read, 1));
    return read;
  }

  @Override
  public void seek(long position) throws IOException {
    tire(1);
    super.seek(position);
  }

  private void tire(int by) throws IOException {
    left -= by;
    if (left < 0) {
      throw new IOException("read too often");
    }
  }
}
