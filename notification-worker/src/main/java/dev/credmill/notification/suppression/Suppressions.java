package dev.credmill.notification.suppression;

import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.notification.suppression.Suppression.Reason;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The table {@code suppression}. The first reason stays; whoever is in it is in it once. */
@ApplicationScoped
public class Suppressions {
  private static final String ADD =
      """
      insert into suppression (organization, medium, contact, reason, words, created_at, created_by)
      select ?, medium, contact, reason, words, at, created_by
      from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::text[])
        as entry (medium, contact, reason, words, at, created_by)
      on conflict (organization, medium, contact) do nothing
      """;
  private static final String AMONG =
      """
      select turn.place, suppression.reason
      from unnest(?::text[], ?::text[]) with ordinality as turn (organization, contact, place)
      join suppression on suppression.organization = turn.organization
        and suppression.medium = ? and suppression.contact = turn.contact
      """;
  private static final String SELECT =
      """
      select number, medium, contact, reason, words, created_at, created_by from suppression
      where organization = ? and number < ? and (?::text is null or contact = any(?::text[]))
      order by number desc limit ?
      """;
  private static final String DELETE =
      "delete from suppression where organization = ? and number = ?";

  private final AgroalDataSource database;

  Suppressions(@DataSource("notification") AgroalDataSource database) {
    this.database = database;
  }

  /** Somebody who is in a list, with the number of the entry. */
  record Entry(long number, Suppression suppression) {}

  /** Adds those who are not in yet; says how many those are. */
  public int add(OrganizationId organization, List<Suppression> entries) throws SQLException {
    // In key order, so that two who add the same never wait for each other in a ring.
    List<Suppression> sorted =
        entries.stream()
            .sorted(Comparator.comparing(Suppression::medium).thenComparing(Suppression::contact))
            .toList();
    try (Connection connection = database.getConnection();
        PreparedStatement insert = connection.prepareStatement(ADD)) {
      insert.setString(1, organization.value());
      insert.setArray(2, texts(connection, sorted, entry -> entry.medium().name()));
      insert.setArray(3, texts(connection, sorted, Suppression::contact));
      insert.setArray(4, texts(connection, sorted, entry -> entry.reason().name()));
      insert.setArray(5, texts(connection, sorted, Suppression::words));
      insert.setArray(6, texts(connection, sorted, entry -> entry.createdAt().toString()));
      insert.setArray(7, texts(connection, sorted, Suppression::createdBy));
      return insert.executeUpdate();
    }
  }

  /**
   * Which of some messages must not go out, by their place in the list, and why.
   *
   * @param organization of a message
   * @param contact of a message
   */
  public <T> Map<Integer, Reason> among(
      Medium medium,
      List<T> messages,
      Function<T, OrganizationId> organization,
      Function<T, String> contact)
      throws SQLException {
    Map<Integer, Reason> found = new HashMap<>();
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(AMONG)) {
      select.setArray(1, texts(connection, messages, one -> organization.apply(one).value()));
      select.setArray(
          2, texts(connection, messages, one -> Suppression.key(medium, contact.apply(one))));
      select.setString(3, medium.name());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          found.put(row.getInt(1) - 1, Reason.valueOf(row.getString(2)));
        }
      }
    }
    return found;
  }

  /**
   * The newest first.
   *
   * @param before the number of an entry; those older than it
   * @param contact of whom; null for everybody
   */
  List<Entry> read(OrganizationId organization, long before, String contact, int limit)
      throws SQLException {
    List<Entry> entries = new ArrayList<>();
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setString(1, organization.value());
      select.setLong(2, before);
      select.setString(3, contact);
      select.setArray(
          4,
          contact == null
              ? null
              : connection.createArrayOf(
                  "text",
                  new String[] {
                    Suppression.key(Medium.EMAIL, contact), Suppression.key(Medium.SMS, contact)
                  }));
      select.setInt(5, limit);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          entries.add(
              new Entry(
                  row.getLong("number"),
                  new Suppression(
                      Medium.valueOf(row.getString("medium")),
                      row.getString("contact"),
                      Reason.valueOf(row.getString("reason")),
                      row.getString("words"),
                      row.getTimestamp("created_at").toInstant(),
                      row.getString("created_by"))));
        }
      }
    }
    return entries;
  }

  /** Whether there was such an entry. */
  boolean remove(OrganizationId organization, long number) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement delete = connection.prepareStatement(DELETE)) {
      delete.setString(1, organization.value());
      delete.setLong(2, number);
      return delete.executeUpdate() == 1;
    }
  }

  /** The entry of one, if there is one. */
  Optional<Entry> find(OrganizationId organization, Medium medium, String contact)
      throws SQLException {
    return read(organization, Long.MAX_VALUE, contact, 2).stream()
        .filter(entry -> entry.suppression().medium() == medium)
        .findFirst();
  }

  private static <T> Array texts(Connection connection, List<T> list, Function<T, String> text)
      throws SQLException {
    return connection.createArrayOf("text", list.stream().map(text).toArray());
  }
}
