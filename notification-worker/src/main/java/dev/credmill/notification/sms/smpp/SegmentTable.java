package dev.credmill.notification.sms.smpp;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The tables {@code smpp_segment}, how the SMSC names what it took, and {@code smpp_receipt}, what
 * it says of those. Either may come first, so each is committed before the two are compared: then
 * whoever comes second sees both.
 */
@ApplicationScoped
class SegmentTable {
  private static final String TAKEN =
      """
      insert into smpp_segment (message, number, segments, smsc_id, sent_at)
      values (?, ?, ?, ?, ?::timestamptz)
      on conflict (message, number) do update set smsc_id = excluded.smsc_id,
        segments = excluded.segments, sent_at = excluded.sent_at
      """;
  private static final String NUMBERS = "select number from smpp_segment where message = ?";
  private static final String RECEIVED =
      """
      insert into smpp_receipt (smsc_id, delivered, lasting, words, received_at)
      values (?, ?, ?, ?, ?::timestamptz)
      on conflict (smsc_id) do update set delivered = excluded.delivered,
        lasting = excluded.lasting, words = excluded.words, received_at = excluded.received_at
      """;
  private static final String MESSAGE = "select message from smpp_segment where smsc_id = ?";

  /** SMSCs use their ids again: a receipt older than the message is of another one. */
  private static final String FATE =
      """
      select max(segments) as segments,
        count(*) filter (where delivered) as delivered,
        count(*) filter (where not delivered) as failed,
        bool_or(lasting and not delivered) as lasting,
        max(words) filter (where not delivered) as words
      from smpp_segment join smpp_receipt on smpp_receipt.smsc_id = smpp_segment.smsc_id
        and received_at > sent_at - interval '1 minute'
      where message = ?
      """;

  private static final String FORGET =
      """
      with forgotten as (delete from smpp_segment where message = ? returning smsc_id)
      delete from smpp_receipt using forgotten where smpp_receipt.smsc_id = forgotten.smsc_id
      """;

  /** Those that a process had not compared when it died. */
  private static final String UNCOMPARED =
      """
      select distinct message from smpp_receipt
      join smpp_segment on smpp_segment.smsc_id = smpp_receipt.smsc_id
      where received_at > ?::timestamptz and received_at > sent_at - interval '1 minute'
      limit ?
      """;

  private static final String EXPIRE_RECEIPTS =
      "delete from smpp_receipt where received_at < ?::timestamptz";
  private static final String EXPIRE_SEGMENTS =
      "delete from smpp_segment where sent_at < ?::timestamptz";
  private final AgroalDataSource database;

  SegmentTable(@DataSource("notification") AgroalDataSource database) {
    this.database = database;
  }

  /** A segment that the SMSC took, and the name that it gave to it. */
  record Segment(int number, String smscId) {}

  /**
   * What is known of a message from receipts.
   *
   * @param segments of the message; 0 where no receipt has come
   */
  record Fate(int segments, int delivered, int failed, boolean lasting, String words) {}

  void taken(UUID message, int segments, List<Segment> taken, Instant sentAt) {
    try (Connection connection = database.getConnection();
        PreparedStatement insert = connection.prepareStatement(TAKEN)) {
      for (Segment segment : taken) {
        insert.setObject(1, message);
        insert.setInt(2, segment.number());
        insert.setInt(3, segments);
        insert.setString(4, segment.smscId());
        insert.setString(5, sentAt.toString());
        insert.addBatch();
      }
      insert.executeBatch();
    } catch (SQLException e) {
      throw trouble(e);
    }
  }

  /** Which segments of the message the SMSC has, of whose end it has said nothing. */
  Set<Integer> numbers(UUID message) {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(NUMBERS)) {
      select.setObject(1, message);
      Set<Integer> numbers = new HashSet<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          numbers.add(row.getInt(1));
        }
      }
      return numbers;
    } catch (SQLException e) {
      throw trouble(e);
    }
  }

  void received(Receipt receipt, boolean lasting, Instant now) {
    try (Connection connection = database.getConnection();
        PreparedStatement insert = connection.prepareStatement(RECEIVED)) {
      insert.setString(1, receipt.smscId());
      insert.setBoolean(2, receipt.isDelivered());
      insert.setBoolean(3, lasting);
      insert.setString(4, receipt.words());
      insert.setString(5, now.toString());
      insert.executeUpdate();
    } catch (SQLException e) {
      throw trouble(e);
    }
  }

  /** The messages with a segment of that name: one, unless names came round. */
  List<UUID> messages(String smscId) {
    return messages(MESSAGE, select -> select.setString(1, smscId));
  }

  List<UUID> uncompared(Instant since, int limit) {
    return messages(
        UNCOMPARED,
        select -> {
          select.setString(1, since.toString());
          select.setInt(2, limit);
        });
  }

  private interface Parameters {
    void of(PreparedStatement statement) throws SQLException;
  }

  private List<UUID> messages(String sql, Parameters parameters) {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(sql)) {
      parameters.of(select);
      List<UUID> messages = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          messages.add(row.getObject(1, UUID.class));
        }
      }
      return messages;
    } catch (SQLException e) {
      throw trouble(e);
    }
  }

  Fate fate(UUID message) {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(FATE)) {
      select.setObject(1, message);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return new Fate(
            row.getInt("segments"),
            row.getInt("delivered"),
            row.getInt("failed"),
            row.getBoolean("lasting"),
            row.getString("words"));
      }
    } catch (SQLException e) {
      throw trouble(e);
    }
  }

  /** Whatever is still said of the message is of a copy that counts no longer. */
  void forget(UUID message) {
    try (Connection connection = database.getConnection();
        PreparedStatement delete = connection.prepareStatement(FORGET)) {
      delete.setObject(1, message);
      delete.executeUpdate();
    } catch (SQLException e) {
      throw trouble(e);
    }
  }

  /** Forgets what nobody said anything of, and what was said of nobody knows what. */
  void expire(Instant before) {
    for (String sql : List.of(EXPIRE_RECEIPTS, EXPIRE_SEGMENTS)) {
      try (Connection connection = database.getConnection();
          PreparedStatement delete = connection.prepareStatement(sql)) {
        delete.setString(1, before.toString());
        delete.executeUpdate();
      } catch (SQLException e) {
        throw trouble(e);
      }
    }
  }

  private static IllegalStateException trouble(SQLException e) {
    return new IllegalStateException("segments and their receipts could not be kept", e);
  }
}
