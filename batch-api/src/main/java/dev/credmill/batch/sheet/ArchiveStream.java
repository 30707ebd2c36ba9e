package dev.credmill.batch.sheet;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;

/**
 * One inflated part: ends when it gets larger than allowed or than it said, and fails when its
 * checksum is wrong, for then letters of a name may be too.
 */
final class ArchiveStream extends FilterInputStream {
  /** What may inflate at any ratio: small parts are often nothing but repetition. */
  private static final long SMALL = 1 << 20;

  /** A tag or a text as long as this without a next tag is no sheet; parsers hold it whole. */
  private static final long LONGEST_TAG = 2 << 20;

  private final ZipArchiveEntry entry;
  private final long most;
  private final int maxRatio;
  private final Archive archive;
  private final CRC32 checksum = new CRC32();
  private long read;
  private long sinceTag;

  ArchiveStream(InputStream in, ZipArchiveEntry entry, long most, int maxRatio, Archive archive) {
    super(in);
    this.entry = entry;
    this.most = most;
    this.maxRatio = maxRatio;
    this.archive = archive;
  }

  /** How much has been given, 0 to 1. */
  double share() {
    return entry.getSize() == 0 ? 1 : Math.min(1, (double) read / entry.getSize());
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = in.read(target, offset, length);
    try {
      if (count < 0) {
        mustBeWhole();
      } else {
        take(target, offset, count);
      }
    } catch (Unreadable e) {
      throw archive.refused(e);
    }
    return count;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public long skip(long count) throws IOException {
    return Math.max(0, read(new byte[Math.clamp(count, 0, 8192)]));
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void take(byte[] target, int offset, int count) {
    read += count;
    archive.use(count);
    if (read > most) {
      throw Unreadable.tooMuch(
          "unpacked it has more than %d bytes; copy the cells into a new workbook, or split the sheet"
              .formatted(most));
    }
    if (read > entry.getSize()) {
      throw Unreadable.malformed("unpacked it has more bytes than the archive says");
    }
    if (read > SMALL && read / maxRatio > entry.getCompressedSize()) {
      throw Unreadable.tooMuch(
          "it unpacks to more than %d times its size, as no sheet does; copy the cells into a new workbook"
              .formatted(maxRatio));
    }
    checksum.update(target, offset, count);
    sinceTag = hasTag(target, offset, count) ? 0 : sinceTag + count;
    if (sinceTag > LONGEST_TAG) {
      throw Unreadable.tooMuch(
          "it has a text of more than %d bytes; shorten it".formatted(LONGEST_TAG));
    }
  }

  private static boolean hasTag(byte[] target, int offset, int count) {
    for (int i = offset; i < offset + count; i++) {
      if (target[i] == '<') {
        return true;
      }
    }
    return false;
  }

  private void mustBeWhole() {
    if (read != entry.getSize() || (entry.getCrc() >= 0 && entry.getCrc() != checksum.getValue())) {
      throw Unreadable.malformed("its bytes are not those that were saved");
    }
  }
}
