package dev.credmill.notification.email;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.credmill.contracts.CredmillConfig;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.notification.NamesForTests;
import dev.credmill.notification.NotificationConfig;
import dev.credmill.notification.PublicAddress;
import dev.credmill.notification.delivery.Attempt;
import dev.credmill.notification.email.identity.OwnServer;
import dev.credmill.notification.email.identity.Passwords;
import dev.credmill.notification.email.identity.Security;
import dev.credmill.notification.email.identity.SenderIdentity;
import dev.credmill.notification.server.OwnServers;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each server's connections are its own. */
class MailServersTest {
  private static final Mail MAIL =
      new Mail("a@example.org", "ada@example.com", "Subject: x\r\n\r\nx\r\n".getBytes(US_ASCII));
  private final LineServer platform = new LineServer();
  private final LineServer first = new LineServer();
  private final LineServer second = new LineServer();
  private MailServers servers;

  @BeforeEach
  void start() {
    NotificationConfig config =
        NamesForTests.config(
            "notification.email.host",
            "127.0.0.1",
            "notification.email.port",
            Integer.toString(platform.port()));
    CredmillConfig credmill =
        new SmallRyeConfigBuilder()
            .withMapping(CredmillConfig.class)
            .withSources(
                new PropertiesConfigSource(
                    Map.of(
                        "credmill.public-url", "https://credentials.example.org",
                        "credmill.service-token", "a-token-for-tests-only"),
                    "test",
                    100))
            .build()
            .getConfigMapping(CredmillConfig.class);
    PublicAddress address = new PublicAddress(credmill, config);
    servers =
        new MailServers(
            new PlatformServer(config, address),
            new OwnServers(new NamesForTests("127.0.0.1"), config),
            new Passwords(config),
            address,
            config);
  }

  @AfterEach
  void stop() throws IOException {
    servers.close();
    platform.close();
    first.close();
    second.close();
  }

  @Test
  void messagesOfAnOrganizationGoOverItsServerAndOfOneWithoutOverThePlatforms() {
    // When
    send(identity("acme", 1, first));
    send(identity("acme", 1, first));
    send(new SenderIdentity(id("globex"), 0, null, null, null, null, null, null, null, null));
    // Then
    assertThat(first.messages()).isEqualTo(2);
    assertThat(first.connections()).isEqualTo(1);
    assertThat(platform.messages()).isEqualTo(1);
  }

  @Test
  void twoOrganizationsAtOneServerShareNoConnection() {
    send(identity("acme", 1, first));
    send(identity("globex", 2, first));
    assertThat(first.connections()).isEqualTo(2);
  }

  @Test
  void aChangeClosesWhatWasOpenAndWhoStillHasTheOldSettingsOpensNothing() {
    // Given
    SenderIdentity before = identity("acme", 1, first);
    send(before);
    // When
    send(identity("acme", 2, second));
    // Then
    await().untilAsserted(() -> assertThat(first.heard()).endsWith("QUIT"));
    send(before);
    assertThat(first.connections()).isEqualTo(1);
    assertThat(second.messages()).isEqualTo(2);
  }

  @Test
  void whatIsUnderWayWhenTheSettingsChangeStillHasItsEnd() {
    // Given a server that begins an answer and never comes to its end
    first.answer("MAIL", LineServer.DRIBBLES);
    Thread sending =
        Thread.startVirtualThread(
            () ->
                servers
                    .of(identity("acme", 1, first))
                    .send(MAIL, System.nanoTime() + Duration.ofMillis(300).toNanos()));
    await().until(() -> first.heard().contains("MAIL"));
    // When
    send(identity("acme", 2, second));
    // Then
    await()
        .until(
            () -> {
              servers.sweep();
              return !sending.isAlive();
            });
  }

  private void send(SenderIdentity identity) {
    assertThat(servers.of(identity).send(MAIL, System.nanoTime() + Duration.ofSeconds(3).toNanos()))
        .isInstanceOf(Attempt.Taken.class);
  }

  private static OrganizationId id(String organization) {
    return new OrganizationId(organization);
  }

  private static SenderIdentity identity(String organization, long version, LineServer server) {
    return new SenderIdentity(
        id(organization),
        version,
        "a@example.org",
        null,
        null,
        new OwnServer("127.0.0.1", server.port(), Security.NONE, null, null),
        null,
        null,
        Instant.EPOCH,
        Instant.EPOCH);
  }
}
