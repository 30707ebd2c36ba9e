package dev.credmill.batch.sheet;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/**
 * Stands before the CSV parser, which would collect an endless record in memory, and ends the
 * reading when a record grows too long. The parser reads ahead by a buffer, so the limit is exact
 * to within that buffer.
 */
final class GuardedReader extends FilterReader {
  private final int maxRecord;
  private int inRecord;

  GuardedReader(Reader in, int maxRecord) {
    super(in);
    this.maxRecord = maxRecord;
  }

  void startRecord() {
    inRecord = 0;
  }

  @Override
  public int read(char[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    for (int i = offset; i < offset + read; i++) {
      if (buffer[i] == '\0') {
        throw new CsvSheet.NulInText();
      }
    }
    inRecord += Math.max(0, read);
    if (inRecord > maxRecord + length) {
      throw new CsvSheet.RecordTooLong();
    }
    return read;
  }

  @Override
  public int read() throws IOException {
    char[] one = new char[1];
    return read(one, 0, 1) < 0 ? -1 : one[0];
  }
}
