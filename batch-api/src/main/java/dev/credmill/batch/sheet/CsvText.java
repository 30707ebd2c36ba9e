package dev.credmill.batch.sheet;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;

/**
 * The characters of a CSV file, decoded without mercy: bytes that are no character end the reading,
 * and so do a NUL and a record that grows too long, which the parser would collect in memory.
 * Everything before the bad place is given first, so that the row which cannot be read on is the
 * one that holds it. A byte order mark is left out.
 */
final class CsvText extends Reader {
  private static final int BUFFER = 32 * 1024;
  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private final InputStream file;
  private final CharsetDecoder decoder;
  private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER).flip();
  private final int maxRecord;
  private boolean started;
  private boolean atEnd;
  private long read;
  private long inRecord;
  private IOException trouble;

  CsvText(InputStream file, Charset charset, int maxRecord) {
    this.file = file;
    this.decoder = strict(charset);
    this.maxRecord = maxRecord;
  }

  static CharsetDecoder strict(Charset charset) {
    return charset
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  /** Bytes of the file taken so far. */
  long bytesRead() {
    return read - bytes.remaining();
  }

  void startRecord() {
    inRecord = 0;
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    if (trouble != null) {
      throw trouble;
    }
    int count = decode(CharBuffer.wrap(target, offset, length));
    if (count > 0) {
      count = upToNul(target, offset, count);
      inRecord += count;
      // The parser reads ahead by a buffer, so the limit is exact to within that buffer.
      if (inRecord > (long) maxRecord + length) {
        trouble = new RecordTooLong();
        throw trouble;
      }
    }
    if (count == 0) {
      throw trouble;
    }
    return count;
  }

  private int decode(CharBuffer target) {
    int start = target.position();
    while (true) {
      CoderResult result = decoder.decode(bytes, target, atEnd);
      if (!started && target.position() > start) {
        started = true;
        if (target.get(start) == BYTE_ORDER_MARK) {
          int end = target.position();
          System.arraycopy(target.array(), start + 1, target.array(), start, end - start - 1);
          target.position(end - 1);
        }
      }
      if (result.isError()) {
        trouble = coding(result);
        return target.position() - start;
      }
      if (target.position() > start) {
        return target.position() - start;
      }
      if (atEnd) {
        return -1;
      }
      fill();
    }
  }

  private void fill() {
    bytes.compact();
    try {
      int count = file.read(bytes.array(), bytes.position(), bytes.remaining());
      atEnd = count < 0;
      read += Math.max(0, count);
      bytes.position(bytes.position() + Math.max(0, count));
    } catch (IOException e) {
      throw new FileUnreachable(e);
    }
    bytes.flip();
  }

  private int upToNul(char[] text, int offset, int count) {
    // Without a branch in the loop the compiler makes it wide; only a NUL makes the sum negative.
    int signs = 0;
    for (int i = offset; i < offset + count; i++) {
      signs |= text[i] - 1;
    }
    if (signs >= 0) {
      return count;
    }
    int nul = offset;
    while (text[nul] != 0) {
      nul++;
    }
    trouble = new NulInText();
    return nul - offset;
  }

  private static IOException coding(CoderResult result) {
    try {
      result.throwException();
      throw new IllegalStateException("an error that is none: " + result);
    } catch (CharacterCodingException e) {
      return e;
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /** More characters in one record than allowed. */
  static final class RecordTooLong extends IOException {
    private static final long serialVersionUID = 1;
  }

  /** A NUL where text is expected. */
  static final class NulInText extends IOException {
    private static final long serialVersionUID = 1;
  }
}
