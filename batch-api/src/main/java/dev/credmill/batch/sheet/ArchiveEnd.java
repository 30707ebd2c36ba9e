package dev.credmill.batch.sheet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;

/**
 * The last record of a ZIP archive, which tells how long the list of entries is. It is looked at
 * before a library reads that list, since every library takes the whole of it into memory.
 *
 * @param entries how many entries the archive says it has
 * @param directory where the list of entries begins
 * @param end where it ends
 */
record ArchiveEnd(long entries, long directory, long end) {
  private static final int SIGNATURE = 0x06054B50;
  private static final int LENGTH = 22;
  private static final int LOCATOR_SIGNATURE = 0x07064B50;
  private static final int LOCATOR_LENGTH = 20;
  private static final int ZIP64_SIGNATURE = 0x06064B50;
  private static final int ZIP64_LENGTH = 56;
  private static final int LONGEST_COMMENT = 0xFFFF;

  ArchiveEnd {
    if (entries < 0 || directory < 0 || directory > end) {
      throw Unreadable.malformed("the archive's list of entries is not where it says");
    }
  }

  static ArchiveEnd of(SeekableByteChannel file) throws IOException {
    long size = file.size();
    ByteBuffer tail = bytes(file, Math.max(0, size - LENGTH - LONGEST_COMMENT), size);
    int at = tail.limit() - LENGTH;
    while (at >= 0 && tail.getInt(at) != SIGNATURE) {
      at--;
    }
    // Whoever takes another record for the last one reads another archive; so nothing may follow.
    if (at < 0 || at + LENGTH + unsigned(tail.getShort(at + 20)) != tail.limit()) {
      throw Unreadable.malformed("the file is cut off or something was added at its end");
    }
    long start = size - tail.limit() + at;
    ArchiveEnd zip64 = zip64(file, start);
    if (zip64 != null) {
      return zip64;
    }
    long length = Integer.toUnsignedLong(tail.getInt(at + 12));
    long directory = Integer.toUnsignedLong(tail.getInt(at + 16));
    mustTouch(directory, length, start);
    return new ArchiveEnd(unsigned(tail.getShort(at + 10)), directory, start);
  }

  private static ArchiveEnd zip64(SeekableByteChannel file, long end) throws IOException {
    if (end < LOCATOR_LENGTH + ZIP64_LENGTH) {
      return null;
    }
    ByteBuffer locator = bytes(file, end - LOCATOR_LENGTH, end);
    if (locator.getInt(0) != LOCATOR_SIGNATURE) {
      return null;
    }
    long start = locator.getLong(8);
    if (start < 0 || start > end - LOCATOR_LENGTH - ZIP64_LENGTH) {
      throw Unreadable.malformed("the archive's end is not where it says");
    }
    ByteBuffer record = bytes(file, start, start + ZIP64_LENGTH);
    if (record.getInt(0) != ZIP64_SIGNATURE) {
      throw Unreadable.malformed("the archive's end is not where it says");
    }
    long directory = record.getLong(48);
    mustTouch(directory, record.getLong(40), start);
    return new ArchiveEnd(record.getLong(32), directory, start);
  }

  private static void mustTouch(long directory, long length, long end) {
    if (length < 0 || directory != end - length) {
      throw Unreadable.malformed("the archive's list of entries is not where it says");
    }
  }

  private static ByteBuffer bytes(SeekableByteChannel file, long from, long to) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) (to - from)).order(ByteOrder.LITTLE_ENDIAN);
    file.position(from);
    while (bytes.hasRemaining()) {
      if (file.read(bytes) < 0) {
        throw Unreadable.malformed("the file is cut off");
      }
    }
    return bytes.flip();
  }

  private static int unsigned(short value) {
    return Short.toUnsignedInt(value);
  }
}
