package dev.credmill.batch.upload;

import dev.credmill.batch.Batch;
import dev.credmill.batch.BatchConfig;
import dev.credmill.batch.sheet.CsvSheet;
import dev.credmill.batch.sheet.FileUnreachable;
import dev.credmill.batch.sheet.Sheet;
import dev.credmill.batch.sheet.SheetFormat;
import dev.credmill.batch.sheet.XlsxSheet;
import dev.credmill.contracts.id.BatchId;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;

/**
 * The table {@code upload_chunk}: files as uploaded, in pieces of 1 MiB, so that whichever instance
 * validates can read them and none holds a whole one in memory.
 */
@ApplicationScoped
public class StoredFile {
  private static final int CHUNK = 1 << 20;
  private final AgroalDataSource database;
  private final BatchConfig config;

  StoredFile(@DataSource("batch") AgroalDataSource database, BatchConfig config) {
    this.database = database;
    this.config = config;
  }

  void store(BatchId batch, InputStream content) throws IOException, SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "insert into upload_chunk (batch_id, ordinal, content, unpacked_length) values (?, ?, ?, ?)")) {
      insert.setObject(1, batch.value());
      int ordinal = 0;
      for (byte[] chunk = content.readNBytes(CHUNK);
          chunk.length > 0;
          chunk = content.readNBytes(CHUNK)) {
        FilePiece piece = FilePiece.of(chunk);
        insert.setInt(2, ordinal++);
        insert.setBytes(3, piece.content());
        insert.setObject(4, piece.unpackedLength(), Types.INTEGER);
        insert.executeUpdate();
      }
    }
  }

  /** The sheet again, fetched piece by piece as it is read. */
  public Sheet open(Batch batch) {
    InputStream content = new ChunkStream(batch.batchId());
    return switch (batch.format) {
      case SheetFormat.Csv csv -> new CsvSheet(content, batch.fileSize, csv, config);
      case SheetFormat.Xlsx xlsx -> workbook(content, xlsx);
    };
  }

  /**
   * A workbook cannot be read from its beginning to its end, so it needs a file. That has no name
   * any more once it is open: even a process that is killed leaves nobody's data behind.
   */
  private Sheet workbook(InputStream content, SheetFormat.Xlsx format) {
    Path copy = null;
    try {
      copy = Files.createTempFile("credmill-", ".xlsx");
      Files.copy(content, copy, StandardCopyOption.REPLACE_EXISTING);
      return new XlsxSheet(copy, format, config);
    } catch (IOException e) {
      throw new FileUnreachable(e);
    } finally {
      delete(copy);
    }
  }

  private static void delete(Path copy) {
    try {
      if (copy != null) {
        Files.deleteIfExists(copy);
      }
    } catch (IOException e) {
      throw new FileUnreachable(e);
    }
  }

  /** What is validated stands in its rows; the file is not kept beside them. */
  public void delete(BatchId batch) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement delete =
            connection.prepareStatement("delete from upload_chunk where batch_id = ?")) {
      delete.setObject(1, batch.value());
      delete.executeUpdate();
    }
  }

  private byte[] chunk(BatchId batch, int ordinal) throws IOException {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "select content, unpacked_length from upload_chunk where batch_id = ? and ordinal = ?")) {
      select.setObject(1, batch.value());
      select.setInt(2, ordinal);
      try (ResultSet result = select.executeQuery()) {
        return result.next()
            ? new FilePiece(result.getBytes(1), result.getObject(2, Integer.class)).unpacked()
            : null;
      }
    } catch (SQLException e) {
      // Not an IOException: a database that is away is no fault of the file.
      throw new FileUnreachable(e);
    }
  }

  private final class ChunkStream extends InputStream {
    private final BatchId batch;
    private byte[] chunk = new byte[0];
    private int position;
    private int ordinal;

    ChunkStream(BatchId batch) {
      this.batch = batch;
    }

    @Override
    public int read() throws IOException {
      return ready() ? chunk[position++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (!ready()) {
        return -1;
      }
      int count = Math.min(length, chunk.length - position);
      System.arraycopy(chunk, position, target, offset, count);
      position += count;
      return count;
    }

    private boolean ready() throws IOException {
      if (chunk != null && position == chunk.length) {
        chunk = chunk(batch, ordinal++);
        position = 0;
      }
      return chunk != null;
    }
  }
}
