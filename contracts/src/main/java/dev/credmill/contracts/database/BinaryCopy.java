package dev.credmill.contracts.database;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.UUID;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Rows in PostgreSQL's binary format of COPY, which the server need not scan for escapes. Columns
 * are written in the order of the statement; a reused buffer grows to its largest chunk.
 */
public final class BinaryCopy {
  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };
  private static final int PIECE = 1 << 16;

  /** That of PostgreSQL's binary timestamps. */
  private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

  private final short columns;
  private byte[] bytes;
  private int length;
  private int rows;

  /**
   * @param columns how many the statement names
   */
  public BinaryCopy(int columns, int capacity) {
    this.columns = (short) columns;
    this.bytes = new byte[Math.max(capacity, SIGNATURE.length)];
    clear();
  }

  public void clear() {
    System.arraycopy(SIGNATURE, 0, bytes, 0, SIGNATURE.length);
    length = SIGNATURE.length;
    rows = 0;
  }

  /** Bytes so far. */
  public int size() {
    return length;
  }

  public BinaryCopy row() {
    putShort(columns);
    rows++;
    return this;
  }

  public BinaryCopy uuid(UUID value) {
    putInt(16);
    putLong(value.getMostSignificantBits());
    putLong(value.getLeastSignificantBits());
    return this;
  }

  public BinaryCopy int2(int value) {
    putInt(2);
    putShort((short) value);
    return this;
  }

  public BinaryCopy int4(int value) {
    putInt(4);
    putInt(value);
    return this;
  }

  public BinaryCopy int8(long value) {
    putInt(8);
    putLong(value);
    return this;
  }

  /** Text, or the label of an enum; null is SQL's null. */
  public BinaryCopy text(String value) {
    return bytea(value == null ? null : value.getBytes(StandardCharsets.UTF_8));
  }

  /** Null is SQL's null. */
  public BinaryCopy bytea(byte[] value) {
    if (value == null) {
      putInt(-1);
      return this;
    }
    putInt(value.length);
    reserve(value.length);
    System.arraycopy(value, 0, bytes, length, value.length);
    length += value.length;
    return this;
  }

  /** A timestamptz, to the microsecond; null is SQL's null. */
  public BinaryCopy time(Instant value) {
    if (value == null) {
      putInt(-1);
      return this;
    }
    return int8(ChronoUnit.MICROS.between(EPOCH, value));
  }

  /** Sends the rows; sends nothing where there are none. */
  public void send(Connection connection, String sql) throws SQLException {
    if (rows == 0) {
      return;
    }
    putShort((short) -1);
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
    try {
      for (int from = 0; from < length; from += PIECE) {
        copy.writeToCopy(bytes, from, Math.min(PIECE, length - from));
      }
      copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  private void putShort(short value) {
    reserve(2);
    bytes[length++] = (byte) (value >> 8);
    bytes[length++] = (byte) value;
  }

  private void putInt(int value) {
    reserve(4);
    for (int shift = 24; shift >= 0; shift -= 8) {
      bytes[length++] = (byte) (value >> shift);
    }
  }

  private void putLong(long value) {
    putInt((int) (value >> 32));
    putInt((int) value);
  }

  private void reserve(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
    }
  }
}
