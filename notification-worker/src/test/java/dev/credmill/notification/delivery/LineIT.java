package dev.credmill.notification.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.credmill.backing.BackingTestResource;
import dev.credmill.contracts.event.DeliveryRequested;
import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.id.RowId;
import dev.credmill.contracts.preview.MessagePreview;
import dev.credmill.notification.NotificationConfig;
import dev.credmill.notification.QuietTestResource;
import dev.credmill.notification.suppression.Suppressions;
import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lines to servers that do as the test says, with a real database that they claim from. */
@QuarkusTest
@WithTestResource(BackingTestResource.class)
@WithTestResource(QuietTestResource.class)
class LineIT {
  private static final Attempt TAKEN = new Attempt.Taken("250 fine");
  private static final Attempt UNREACHABLE = new Attempt.Unreachable("421 4.3.2 closing");
  private static final Attempt REFUSED = new Attempt.Refused("550 5.1.0 not that one");

  @Inject Deliveries deliveries;
  @Inject Suppressions suppressions;
  @Inject Results results;

  @Inject
  @DataSource("notification")
  AgroalDataSource database;

  private final Servers servers = new Servers();
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private Dispatcher dispatcher;

  @AfterEach
  void end() throws Exception {
    servers.letGo();
    dispatcher.stop();
    dispatcher.awaitEnd(Duration.ofSeconds(10));
    try (Connection connection = database.getConnection();
        PreparedStatement settle =
            connection.prepareStatement(
                "update delivery set status = 'FAILED', due_at = null, settled_at = now() where settled_at is null")) {
      settle.executeUpdate();
    }
  }

  @Test
  void aServerThatHangsHoldsUpNobodyElsesMessages() {
    // Given
    OrganizationId slow = servers.add(2, _ -> servers.held(TAKEN));
    OrganizationId quick = servers.add(2, _ -> now(TAKEN));
    request(slow, 40);
    // When
    start();
    await().until(() -> servers.begun(slow).size() == 2);
    request(quick, 40);
    // Then
    await().until(() -> count(quick, "status = 'SENT'") == 40);
    assertThat(count(slow, "settled_at is null")).isEqualTo(40);
    assertThat(servers.begun(slow)).hasSize(2);
  }

  @Test
  void aServerThatFailsAgainAndAgainIsProbedNowAndThenUntilItWorks() {
    // Given
    AtomicBoolean works = new AtomicBoolean();
    OrganizationId organization = servers.add(4, _ -> now(works.get() ? TAKEN : UNREACHABLE));
    request(organization, 60);
    // When
    start();
    await().until(() -> open("organization") == 1);
    await().until(() -> servers.begun(organization).size() > Circuit.FAILURES_TO_OPEN + 1);
    // Then two rests later hardly any other was tried
    assertThat(servers.begun(organization)).hasSizeLessThan(Circuit.FAILURES_TO_OPEN + 10);
    assertThat(open("platform")).isZero();
    assertThat(count(organization, "attempts = 0 and status = 'PENDING'")).isGreaterThan(40);
    // When
    works.set(true);
    // Then
    await().until(() -> count(organization, "status = 'SENT'") == 60);
    assertThat(open("organization")).isZero();
    assertThat(count(organization, "uncertain > 0")).isZero();
  }

  @Test
  void aMessageThatItsServerDoesNotGetOverHoldsUpNoOther() {
    // Given
    OrganizationId organization =
        servers.add(1, delivery -> now(delivery.contact().startsWith("0@") ? UNREACHABLE : TAKEN));
    request(organization, 40);
    // When
    start();
    // Then
    await().until(() -> count(organization, "status = 'SENT'") == 39);
    assertThat(open("organization")).isZero();
  }

  @Test
  void aRefusalDoesNotSayThatTheServerWorks() {
    // Given every other message is refused, perhaps by us and before it was sent
    OrganizationId organization =
        servers.add(
            1, delivery -> now(delivery.key().row().number() % 2 == 0 ? REFUSED : UNREACHABLE));
    request(organization, 60);
    // When
    start();
    // Then
    await().until(() -> open("organization") == 1);
    await().until(() -> servers.begun(organization).size() > 14);
    assertThat(open("organization")).isEqualTo(1);
  }

  @Test
  void noMoreBeginInAMinuteThanTheServerTakes() {
    // Given one each 100 ms, and one in the middle that takes longer
    OrganizationId organization =
        servers.add(
            1,
            Optional.of(600),
            delivery -> after(delivery.contact().startsWith("5@") ? 350 : 10, TAKEN));
    request(organization, 25);
    // When
    start();
    // Then
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> count(organization, "status = 'SENT'") == 25);
    List<Long> begins = servers.begun(organization);
    for (int i = 5; i < begins.size(); i++) {
      // five turns, of which a busy machine may have been late with the first
      assertThat(begins.get(i) - begins.get(i - 5))
          .isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(400));
    }
    assertThat(begins.getLast() - begins.getFirst())
        .isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(2_350));
    assertThat(count(organization, "attempts = 1 and uncertain = 0")).isEqualTo(25);
  }

  @Test
  void aPaceGoesOnHoweverShortTheLease() {
    // Given a lease that leaves 100 ms to wait for a turn, and a turn each 200 ms
    OrganizationId organization = servers.add(4, Optional.of(300), _ -> now(TAKEN));
    request(organization, 6);
    // When
    start("notification.send-timeout", "PT1S", "notification.lease", "PT2.1S");
    // Then
    await().until(() -> count(organization, "status = 'SENT'") == 6);
    assertThat(count(organization, "attempts = 1 and uncertain = 0")).isEqualTo(6);
  }

  @Test
  void whatWaitsTooLongForItsTurnGoesBackBeforeItsLeaseIsOver() {
    // Given one at once, each a good part of the lease
    OrganizationId organization = servers.add(1, _ -> after(400, TAKEN));
    request(organization, 7);
    // When
    start("notification.send-timeout", "PT0.5S", "notification.lease", "PT1.6S");
    // Then
    await().until(() -> count(organization, "status = 'SENT'") == 7);
    assertThat(servers.begun(organization)).hasSize(7);
    assertThat(count(organization, "attempts = 1 and uncertain = 0")).isEqualTo(7);
  }

  @Test
  void atTheEndWhatWasBegunIsSettledAndTheRestGoesBackUntouched() throws Exception {
    // Given
    OrganizationId organization = servers.add(2, _ -> servers.held(TAKEN));
    request(organization, 9);
    start();
    await().until(() -> servers.begun(organization).size() == 2);
    assertThat(count(organization, "status = 'SENDING'")).isEqualTo(9);
    // When
    dispatcher.stop();
    servers.letGo();
    dispatcher.awaitEnd(Duration.ofSeconds(10));
    // Then
    await().until(() -> count(organization, "status = 'SENDING'") == 0);
    assertThat(count(organization, "status = 'SENT'")).isEqualTo(2);
    assertThat(count(organization, "status = 'PENDING' and attempts = 0 and uncertain = 0"))
        .isEqualTo(7);
    assertThat(servers.begun(organization)).hasSize(2);
  }

  @Test
  void organizationsOfOneServerTakeTurns() {
    // Given
    OrganizationId many = servers.add(2, _ -> after(2, TAKEN));
    OrganizationId few = servers.addToTheServerOf(many);
    request(many, 300);
    request(few, 10);
    // When
    start();
    await().until(() -> count(few, "status = 'SENT'") == 10);
    // Then
    assertThat(servers.begun(many)).hasSizeLessThan(100);
    await().until(() -> count(many, "status = 'SENT'") == 300);
  }

  @Test
  void nothingWaitsForTheNextLookForWork() {
    // Given
    OrganizationId one = servers.add(1, _ -> now(TAKEN));
    OrganizationId another = servers.addToTheServerOf(one);
    start("notification.poll-interval", "PT1H");
    // When
    for (int i = 0; i < 300; i++) {
      request(i % 2 == 0 ? one : another, 1);
      dispatcher.wake();
    }
    // Then
    await().until(() -> count(one, "status = 'SENT'") == 150);
    await().until(() -> count(another, "status = 'SENT'") == 150);
  }

  @Test
  void anOrganizationWhoseServerCannotBeFoundOutHoldsUpNobodyElse() {
    // Given
    OrganizationId unknown = new OrganizationId("line-0-unknown");
    OrganizationId known = servers.add(1, _ -> now(TAKEN));
    request(unknown, 1);
    request(known, 1);
    // When
    start();
    // Then
    await().until(() -> count(known, "status = 'SENT'") == 1);
    assertThat(count(unknown, "status = 'PENDING' and attempts = 0")).isEqualTo(1);
  }

  private void start(String... settings) {
    Map<String, String> properties =
        new ConcurrentHashMap<>(
            Map.of(
                "notification.claim", "10",
                "notification.poll-interval", "PT0.05S",
                "notification.send-timeout", "PT5S",
                "notification.lease", "PT30S"));
    for (int i = 0; i < settings.length; i += 2) {
      properties.put(settings[i], settings[i + 1]);
    }
    NotificationConfig config =
        new SmallRyeConfigBuilder()
            .withMapping(NotificationConfig.class)
            .withSources(new PropertiesConfigSource(properties, "test", 100))
            .build()
            .getConfigMapping(NotificationConfig.class);
    dispatcher =
        new Dispatcher(
            servers, deliveries, suppressions, results, config, meters, Clock.systemUTC());
    dispatcher.start();
  }

  private double open(String route) {
    return meters
        .get("credmill.delivery.circuits.open")
        .tags("medium", "email", "route", route)
        .gauge()
        .value();
  }

  private void request(OrganizationId organization, int messages) {
    Instant now = Instant.now();
    BatchId batch = BatchId.at(now);
    deliveries.insert(
        IntStream.range(0, messages)
            .mapToObj(
                i ->
                    new Deliveries.Request(
                        new DeliveryRequested(
                            new RowId(batch, i + 2),
                            organization,
                            "diploma-1",
                            Medium.EMAIL,
                            DeliveryRequested.Purpose.ISSUED,
                            1,
                            i + "@example.com",
                            "Ada",
                            null,
                            "https://credentials.example.org/c/x"),
                        null))
            .toList(),
        now);
  }

  private int count(OrganizationId organization, String condition) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "select count(*) from delivery where organization = ? and " + condition)) {
      statement.setString(1, organization.value());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static CompletionStage<Attempt> now(Attempt attempt) {
    return CompletableFuture.completedStage(attempt);
  }

  private static CompletionStage<Attempt> after(int millis, Attempt attempt) {
    Executor later = CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS);
    return CompletableFuture.supplyAsync(() -> attempt, later);
  }

  private record Server(OrganizationId organization, int inFlight, Optional<Integer> perMinute)
      implements Route {}

  /** A server for each organization, or one for several. */
  private static final class Servers implements Sender {
    private final Map<OrganizationId, Server> routes = new ConcurrentHashMap<>();
    private final Map<Server, Function<Delivery, CompletionStage<Attempt>>> answers =
        new ConcurrentHashMap<>();
    private final Map<OrganizationId, ConcurrentLinkedQueue<Long>> begun =
        new ConcurrentHashMap<>();
    private final CompletableFuture<Void> released = new CompletableFuture<>();

    OrganizationId add(int inFlight, Function<Delivery, CompletionStage<Attempt>> answer) {
      return add(inFlight, Optional.empty(), answer);
    }

    OrganizationId add(
        int inFlight,
        Optional<Integer> perMinute,
        Function<Delivery, CompletionStage<Attempt>> answer) {
      OrganizationId organization = unique();
      Server server = new Server(organization, inFlight, perMinute);
      answers.put(server, answer);
      routes.put(organization, server);
      return organization;
    }

    OrganizationId addToTheServerOf(OrganizationId other) {
      OrganizationId organization = unique();
      routes.put(organization, routes.get(other));
      return organization;
    }

    private static OrganizationId unique() {
      return new OrganizationId("line-" + UUID.randomUUID().toString().substring(0, 8));
    }

    /** The answer comes when the test lets go. */
    CompletionStage<Attempt> held(Attempt attempt) {
      return released.thenApply(_ -> attempt);
    }

    void letGo() {
      released.complete(null);
    }

    /** When sends of the organization's messages began. */
    List<Long> begun(OrganizationId organization) {
      return List.copyOf(begun.getOrDefault(organization, new ConcurrentLinkedQueue<>()));
    }

    @Override
    public Medium medium() {
      return Medium.EMAIL;
    }

    @Override
    public Route route(OrganizationId organization) {
      return Optional.ofNullable(routes.get(organization)).orElseThrow();
    }

    @Override
    public int together() {
      return 1;
    }

    @Override
    public Optional<MessagePreview> preview(Delivery delivery) {
      return Optional.empty();
    }

    @Override
    public CompletionStage<List<Attempt>> send(Route route, List<Delivery> group) {
      Delivery delivery = group.getFirst();
      begun
          .computeIfAbsent(delivery.organization(), _ -> new ConcurrentLinkedQueue<>())
          .add(System.nanoTime());
      return answers.get(routes.get(delivery.organization())).apply(delivery).thenApply(List::of);
    }
  }
}
