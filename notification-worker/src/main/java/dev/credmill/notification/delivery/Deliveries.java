package dev.credmill.notification.delivery;

import dev.credmill.contracts.delivery.DeliveryStep;
import dev.credmill.contracts.event.DeliveryOutcome;
import dev.credmill.contracts.event.DeliveryRequested;
import dev.credmill.contracts.event.DeliveryRequested.Purpose;
import dev.credmill.contracts.event.DeliveryStatus;
import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.id.RowId;
import dev.credmill.contracts.problem.Problem;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
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
import java.util.function.Function;

/**
 * The table {@code delivery}. Each call is one transaction.
 *
 * <p>What is true of rows changes faster than the planner's statistics, taken while nothing was
 * due, can follow. So rows are looked up by key alone, and conditions on what changes come after
 * that ({@code offset 0} keeps them there).
 */
@ApplicationScoped
class Deliveries {
  private final AgroalDataSource database;
  private final StoredProblems problems;

  Deliveries(@DataSource("notification") AgroalDataSource database, StoredProblems problems) {
    this.database = database;
    this.problems = problems;
  }

  /**
   * A request to be kept.
   *
   * @param problem why it can never be sent; null where it can
   */
  record Request(DeliveryRequested event, Problem problem) {}

  /** Keeps what is not there yet and says how many those are. What came before stays as it is. */
  int insert(List<Request> requests, Instant now) {
    return update(
        """
        insert into delivery (
          batch_id, row_number, medium, purpose, generation, message, organization, definition_id,
          contact, recipient_name, language, link, claim_link, claim_code,
          status, attempts, requested_at, due_at, settled_at, problem)
        select batch_id, row_number, medium, purpose, generation, message, organization,
          definition_id, contact, recipient_name, language, link, claim_link, claim_code,
          status, 0, now, case when status = 'PENDING' then now end,
          case when status <> 'PENDING' then now end, problem
        from unnest(?::uuid[], ?::int[], ?::text[], ?::text[], ?::int[], ?::text[], ?::text[],
          ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::jsonb[],
          ?::uuid[])
          as request (batch_id, row_number, medium, purpose, generation, organization,
            definition_id, contact, recipient_name, language, link, claim_link, claim_code,
            status, problem, message),
          (values (?::timestamptz)) as clock (now)
        on conflict (batch_id, row_number, medium, purpose, generation) do nothing
        """,
        statement -> {
          keys(statement, 1, requests, request -> key(request.event));
          texts(statement, 6, requests, request -> request.event.organization().value());
          texts(statement, 7, requests, request -> request.event.definitionId());
          texts(statement, 8, requests, request -> request.event.contact());
          texts(statement, 9, requests, request -> request.event.name());
          texts(statement, 10, requests, request -> request.event.language());
          texts(statement, 11, requests, request -> request.event.link());
          texts(statement, 12, requests, request -> request.event.claimLink());
          texts(statement, 13, requests, request -> request.event.claimCode());
          texts(
              statement,
              14,
              requests,
              request ->
                  (request.problem == null ? DeliveryStatus.PENDING : DeliveryStatus.FAILED)
                      .name());
          texts(statement, 15, requests, request -> problems.text(request.problem));
          statement.setArray(
              16, array(statement, "uuid", requests, request -> key(request.event).message()));
          statement.setString(17, now.toString());
        });
  }

  /**
   * Ends what waits to be sent once more, where a person has had a newer message sent: the contact
   * may have been the wrong one.
   */
  void supersede(List<Request> requests, Instant now) {
    List<Request> newer =
        requests.stream()
            .filter(request -> request.event.purpose() == Purpose.ISSUED)
            .filter(request -> request.event.generation() > 1)
            .toList();
    if (newer.isEmpty()) {
      return;
    }
    update(
        """
        update delivery set status = 'BOUNCED', due_at = null, settled_at = clock.now
        from unnest(?::uuid[], ?::int[], ?::text[], ?::text[], ?::int[])
          as newer (batch_id, row_number, medium, purpose, generation),
          (values (?::timestamptz)) as clock (now)
        where delivery.batch_id = newer.batch_id and delivery.row_number = newer.row_number
          and delivery.medium = newer.medium and delivery.purpose = newer.purpose
          and delivery.generation < newer.generation and delivery.status = 'PENDING'
        """,
        statement -> {
          keys(statement, 1, newer, request -> key(request.event));
          statement.setString(6, now.toString());
        });
  }

  private static DeliveryKey key(DeliveryRequested event) {
    return new DeliveryKey(event.row(), event.medium(), event.purpose(), event.generation());
  }

  /**
   * The organizations for which something is due, each found by one step in the index however much
   * it has waiting.
   */
  List<OrganizationId> waiting(Medium medium, Instant now) {
    return query(
        """
        with recursive waiting (organization) as (
          (select organization from delivery
            where medium = ? and due_at is not null order by organization limit 1)
          union all
          select (select next.organization from delivery next
            where next.medium = ? and next.due_at is not null
              and next.organization > waiting.organization
            order by next.organization limit 1)
          from waiting where waiting.organization is not null)
        select organization from waiting
        where organization is not null and exists (
          select from delivery due where due.medium = ?
            and due.organization = waiting.organization and due.due_at <= ?::timestamptz)
          and not exists (
            select from sending_pause paused where paused.organization = waiting.organization
              and paused.medium = ? and paused.paused_at is not null)
        order by organization
        """,
        statement -> {
          statement.setString(1, medium.name());
          statement.setString(2, medium.name());
          statement.setString(3, medium.name());
          statement.setString(4, now.toString());
          statement.setString(5, medium.name());
        },
        row -> new OrganizationId(row.getString("organization")));
  }

  /**
   * Takes up to {@code each} deliveries of every named organization for as long as the lease lasts.
   * What another instance is taking at this moment is passed over.
   *
   * <p>Found once, before anything is updated: joined to the update itself, the search could be
   * repeated by the planner, which finds more each time.
   */
  List<Delivery> claim(
      Medium medium, List<OrganizationId> organizations, int each, Instant now, Instant leaseEnd) {
    return query(
        """
        with due as materialized (
          select due.* from unnest(?::text[]) as turn (organization)
          cross join lateral (
            select batch_id, row_number, purpose, generation from delivery
            where medium = ? and organization = turn.organization and due_at <= ?::timestamptz
            order by due_at limit ?
            for update skip locked) as due)
        update delivery set status = 'SENDING', attempts = delivery.attempts + 1,
          uncertain = delivery.uncertain + (delivery.status = 'SENDING')::int,
          claimed_at = ?::timestamptz, due_at = ?::timestamptz
        from due
        where delivery.batch_id = due.batch_id and delivery.row_number = due.row_number
          and delivery.medium = ? and delivery.purpose = due.purpose
          and delivery.generation = due.generation
        returning delivery.batch_id, delivery.row_number, delivery.medium, delivery.purpose,
          delivery.generation, delivery.organization, delivery.definition_id, delivery.contact,
          delivery.recipient_name, delivery.language, delivery.link, delivery.claim_link,
          delivery.claim_code, delivery.attempts, delivery.uncertain, delivery.requested_at
        """,
        statement -> {
          texts(statement, 1, organizations, OrganizationId::value);
          statement.setString(2, medium.name());
          statement.setString(3, now.toString());
          statement.setInt(4, each);
          statement.setString(5, now.toString());
          statement.setString(6, leaseEnd.toString());
          statement.setString(7, medium.name());
        },
        row ->
            new Delivery(
                key(row),
                new OrganizationId(row.getString("organization")),
                row.getString("definition_id"),
                row.getString("contact"),
                row.getString("recipient_name"),
                row.getString("language"),
                row.getString("link"),
                row.getString("claim_link"),
                row.getString("claim_code"),
                row.getInt("attempts"),
                row.getInt("uncertain"),
                row.getTimestamp("requested_at").toInstant()));
  }

  /**
   * Records results and says which of them hold. One that comes after its lease was taken over
   * counts only if it says that the message went out.
   */
  Set<DeliveryKey> record(List<Result> results) {
    return new HashSet<>(
        query(
            """
            update delivery set status = result.status, attempts = result.attempts,
              uncertain = result.uncertain, due_at = result.due_at,
              settled_at = case when result.due_at is null then result.at end,
              problem = result.problem,
              sent_at = case when result.status = 'SENT' then result.at else delivery.sent_at end,
              sent_words = coalesce(result.words, delivery.sent_words)
            from unnest(?::uuid[], ?::int[], ?::text[], ?::text[], ?::int[],
              ?::text[], ?::int[], ?::int[], ?::int[], ?::timestamptz[], ?::timestamptz[], ?::jsonb[],
              ?::text[])
              as result (batch_id, row_number, medium, purpose, generation,
                status, attempt, attempts, uncertain, at, due_at, problem, words)
            cross join lateral (
              select status, attempts, due_at from delivery
              where batch_id = result.batch_id and row_number = result.row_number
                and medium = result.medium and purpose = result.purpose
                and generation = result.generation
              offset 0 for update) as found
            where found.due_at is not null
              and (result.status = 'SENT'
                or (found.status = 'SENDING' and found.attempts = result.attempt))
              and delivery.batch_id = result.batch_id
              and delivery.row_number = result.row_number and delivery.medium = result.medium
              and delivery.purpose = result.purpose and delivery.generation = result.generation
            returning delivery.batch_id, delivery.row_number, delivery.medium,
              delivery.purpose, delivery.generation
            """,
            statement -> {
              keys(statement, 1, results, Result::key);
              texts(statement, 6, results, result -> result.status().name());
              statement.setArray(7, array(statement, "int4", results, Result::attempt));
              statement.setArray(8, array(statement, "int4", results, Result::attempts));
              statement.setArray(9, array(statement, "int4", results, Result::uncertain));
              texts(statement, 10, results, result -> result.at().toString());
              texts(
                  statement,
                  11,
                  results,
                  result -> result.dueAt() == null ? null : result.dueAt().toString());
              texts(statement, 12, results, result -> problems.text(result.problem()));
              texts(statement, 13, results, Result::words);
            },
            Deliveries::key));
  }

  /** What became of a row's messages so far, the oldest step first. */
  List<DeliveryStep> steps(RowId row) {
    return query(
        """
        select medium, purpose, generation, step.* from delivery
        cross join lateral (values
          (1, case when status <> 'SUPPRESSED' then claimed_at end, 'SENDING', null),
          (2, case when status = 'SENT' then coalesce(sent_at, settled_at) else sent_at end, 'SENT', sent_words),
          (3, case when status not in ('SENDING', 'SENT') then coalesce(settled_at, least(requested_at, now())) end,
              status, problem ->> 'detail'))
          as step (place, at, status, words)
        where batch_id = ? and row_number = ? and step.at is not null
        order by step.at, generation, place
        """,
        statement -> {
          statement.setObject(1, row.batch().value());
          statement.setInt(2, row.number());
        },
        found ->
            new DeliveryStep(
                found.getTimestamp("at").toInstant(),
                Medium.valueOf(found.getString("medium")),
                Purpose.valueOf(found.getString("purpose")),
                found.getInt("generation"),
                DeliveryStatus.valueOf(found.getString("status")),
                found.getString("words")));
  }

  /** Outcomes that were settled before the given time and that no broker has acknowledged. */
  List<DeliveryOutcome> unannounced(Instant before, int limit) {
    return query(
        """
        select batch_id, row_number, medium, purpose, generation, status, settled_at, problem
        from delivery
        where settled_at is not null and not announced and settled_at <= ?::timestamptz
        order by settled_at limit ?
        """,
        statement -> {
          statement.setString(1, before.toString());
          statement.setInt(2, limit);
        },
        row -> {
          DeliveryKey key = key(row);
          return new DeliveryOutcome(
              key.row(),
              key.medium(),
              key.purpose(),
              key.generation(),
              DeliveryStatus.valueOf(row.getString("status")),
              row.getTimestamp("settled_at").toInstant(),
              problems.problem(row.getString("problem")));
        });
  }

  /**
   * Marks outcomes as announced, unless something else has become of them meanwhile. What another
   * announcer is marking at this moment is passed over: waiting for it could end in each waiting
   * for the other.
   */
  void announced(List<DeliveryOutcome> outcomes) {
    update(
        """
        update delivery set announced = true
        from unnest(?::uuid[], ?::int[], ?::text[], ?::text[], ?::int[], ?::text[])
          as outcome (batch_id, row_number, medium, purpose, generation, status)
        cross join lateral (
          select announced, status from delivery
          where batch_id = outcome.batch_id and row_number = outcome.row_number
            and medium = outcome.medium and purpose = outcome.purpose
            and generation = outcome.generation
          offset 0 for update skip locked) as found
        where not found.announced and found.status = outcome.status
          and delivery.batch_id = outcome.batch_id and delivery.row_number = outcome.row_number
          and delivery.medium = outcome.medium and delivery.purpose = outcome.purpose
          and delivery.generation = outcome.generation
        """,
        statement -> {
          keys(
              statement,
              1,
              outcomes,
              o -> new DeliveryKey(o.row(), o.medium(), o.purpose(), o.generation()));
          texts(statement, 6, outcomes, o -> o.status().name());
        });
  }

  /**
   * Has the outcomes of those that came to their end announced once more: who asks again for a
   * message does not know what became of it.
   */
  void announceAgain(List<Request> requests) {
    update(
        """
        update delivery set announced = false
        from unnest(?::uuid[], ?::int[], ?::text[], ?::text[], ?::int[])
          as request (batch_id, row_number, medium, purpose, generation)
        cross join lateral (
          select settled_at, announced from delivery
          where batch_id = request.batch_id and row_number = request.row_number
            and medium = request.medium and purpose = request.purpose
            and generation = request.generation
          offset 0 for update skip locked) as found
        where found.settled_at is not null and found.announced
          and delivery.batch_id = request.batch_id and delivery.row_number = request.row_number
          and delivery.medium = request.medium and delivery.purpose = request.purpose
          and delivery.generation = request.generation
        """,
        statement -> keys(statement, 1, requests, request -> key(request.event)));
  }

  /** Erases whom the oldest settled deliveries went to; says how many it were. */
  int erase(Instant settledBefore, Instant now, int limit) {
    return update(
        """
        with old as materialized (
          select batch_id, row_number, medium, purpose, generation from delivery
          where settled_at is not null and erased_at is null and announced
            and settled_at < ?::timestamptz
          order by settled_at limit ? for update skip locked)
        update delivery set contact = null, recipient_name = null, link = null,
          claim_link = null, claim_code = null, erased_at = ?::timestamptz
        from old
        where delivery.batch_id = old.batch_id and delivery.row_number = old.row_number
          and delivery.medium = old.medium and delivery.purpose = old.purpose
          and delivery.generation = old.generation
        """,
        statement -> {
          statement.setString(1, settledBefore.toString());
          statement.setInt(2, limit);
          statement.setString(3, now.toString());
        });
  }

  private interface Parameters {
    void of(PreparedStatement statement) throws SQLException;
  }

  private interface Row<T> {
    T of(ResultSet row) throws SQLException;
  }

  private int update(String sql, Parameters parameters) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      parameters.of(statement);
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw new DatabaseTrouble(e);
    }
  }

  private <T> List<T> query(String sql, Parameters parameters, Row<T> reading) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      parameters.of(statement);
      List<T> rows = new ArrayList<>();
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          rows.add(reading.of(result));
        }
      }
      return rows;
    } catch (SQLException e) {
      throw new DatabaseTrouble(e);
    }
  }

  private static DeliveryKey key(ResultSet row) throws SQLException {
    return new DeliveryKey(
        new RowId(new BatchId(row.getObject("batch_id", UUID.class)), row.getInt("row_number")),
        Medium.valueOf(row.getString("medium")),
        Purpose.valueOf(row.getString("purpose")),
        row.getInt("generation"));
  }

  /** Five arrays: the columns of the key. */
  private static <T> void keys(
      PreparedStatement statement, int first, List<T> list, Function<T, DeliveryKey> key)
      throws SQLException {
    List<DeliveryKey> keys = list.stream().map(key).toList();
    statement.setArray(first, array(statement, "uuid", keys, k -> k.row().batch().value()));
    statement.setArray(first + 1, array(statement, "int4", keys, k -> k.row().number()));
    texts(statement, first + 2, keys, k -> k.medium().name());
    texts(statement, first + 3, keys, k -> k.purpose().name());
    statement.setArray(first + 4, array(statement, "int4", keys, DeliveryKey::generation));
  }

  private static <T> void texts(
      PreparedStatement statement, int index, List<T> list, Function<T, String> text)
      throws SQLException {
    statement.setArray(index, array(statement, "text", list, text));
  }

  private static <T> Array array(
      PreparedStatement statement, String type, List<T> list, Function<T, ?> element)
      throws SQLException {
    return statement
        .getConnection()
        .createArrayOf(type, list.stream().map(element).toArray(Object[]::new));
  }

  /** The database did not do it; to be tried again. */
  static final class DatabaseTrouble extends RuntimeException {
    private static final long serialVersionUID = 1;

    DatabaseTrouble(SQLException cause) {
      super(cause.getMessage(), cause);
    }
  }
}
