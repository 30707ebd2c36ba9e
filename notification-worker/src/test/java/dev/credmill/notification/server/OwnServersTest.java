package dev.credmill.notification.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.credmill.contracts.network.Addresses;
import dev.credmill.notification.NamesForTests;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnServersTest {
  private static final String PUBLIC = "93.184.215.14";
  private static final String ANOTHER = "93.184.215.15";
  private static final String PLATFORM = "relay.example.org";

  @Test
  void aServerInTheInternetMayBeConnectedTo() throws Exception {
    assertThat(servers(PUBLIC).addresses(NamesForTests.HOST))
        .containsExactly(InetAddress.ofLiteral(PUBLIC));
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.1.2.3", "169.254.169.254", "::1"})
  void oneInAPrivateNetworkMayNot(String address) {
    assertThatThrownBy(() -> servers(address).addresses(NamesForTests.HOST))
        .isInstanceOf(Addresses.Refused.class);
    assertThatThrownBy(() -> servers(PUBLIC, address).addresses(NamesForTests.HOST))
        .isInstanceOf(Addresses.Refused.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {PUBLIC, NamesForTests.HOST})
  void thePlatformsServerIsNobodysOwnWhereItTrustsUsByOurAddress(String platform) throws Exception {
    OwnServers trusted =
        new OwnServers(
            new NamesForTests(PUBLIC), NamesForTests.config("notification.email.host", platform));
    OwnServers loggedInTo =
        new OwnServers(
            new NamesForTests(PUBLIC),
            NamesForTests.config(
                "notification.email.host", platform, "notification.email.user", "platform"));
    assertThatThrownBy(() -> trusted.addresses(NamesForTests.HOST))
        .isInstanceOf(Addresses.Refused.class);
    assertThat(loggedInTo.addresses(NamesForTests.HOST)).isNotEmpty();
  }

  @Test
  void whatThePlatformsNameOnceStoodForStaysThePlatforms() throws Exception {
    // Given a name with one address after the other
    NamesForTests names = new NamesForTests(ANOTHER);
    OwnServers servers =
        new OwnServers(names, NamesForTests.config("notification.email.host", PLATFORM));
    names.set(PLATFORM, PUBLIC);
    assertThat(servers.addresses(NamesForTests.HOST)).isNotEmpty();
    names.set(PLATFORM, "1.1.1.1");
    assertThat(servers.addresses(NamesForTests.HOST)).isNotEmpty();
    names.set(PLATFORM);
    // When
    names.set(NamesForTests.HOST, PUBLIC);
    // Then
    assertThatThrownBy(() -> servers.addresses(NamesForTests.HOST))
        .isInstanceOf(Addresses.Refused.class);
  }

  @Test
  void whileThePlatformsNameWasNeverFoundAnyServerMayBeIt() {
    NamesForTests names = new NamesForTests(PUBLIC);
    names.set(PLATFORM);
    OwnServers servers =
        new OwnServers(names, NamesForTests.config("notification.email.host", PLATFORM));
    assertThatThrownBy(() -> servers.addresses(NamesForTests.HOST))
        .isInstanceOf(Addresses.Refused.class);
  }

  @Test
  void thisMachineIsNobodysOwnHoweverPublicUnlessTheOperatorAllowsIt() throws Exception {
    // Given
    NamesForTests names = new NamesForTests(PUBLIC);
    InetAddress here = InetAddress.ofLiteral(PUBLIC);
    OwnServers servers = new OwnServers(names, NamesForTests.config(), here::equals);
    OwnServers allowing =
        new OwnServers(
            names,
            NamesForTests.config("notification.own-servers.allowed-networks", PUBLIC + "/32"),
            here::equals);
    // Then
    assertThatThrownBy(() -> servers.addresses(NamesForTests.HOST))
        .isInstanceOf(Addresses.Refused.class);
    assertThat(allowing.addresses(NamesForTests.HOST)).containsExactly(here);
  }

  @Test
  void portsAreThoseOfMailAndWhatTheOperatorAllows() {
    OwnServers servers =
        new OwnServers(
            new NamesForTests(),
            NamesForTests.config("notification.own-servers.allowed-ports", "3025,3143"));
    assertThat(servers.takesMailAt(587)).isTrue();
    assertThat(servers.takesMailAt(3025)).isTrue();
    assertThat(servers.takesMailAt(993)).isFalse();
    assertThat(servers.takesMailAt(25)).isFalse();
    assertThat(servers.takesMailAt(5432)).isFalse();
    assertThat(servers.isMailboxAt(993)).isTrue();
    assertThat(servers.isMailboxAt(3143)).isTrue();
    assertThat(servers.isMailboxAt(25)).isFalse();
  }

  @Test
  void aServerIsLoggedInToUnlessTheOperatorAllowsOtherwiseOrItIsOnThisMachine() {
    assertThat(servers(PUBLIC).mustBeLoggedInTo(NamesForTests.HOST)).isTrue();
    assertThat(servers(PUBLIC).mustBeLoggedInTo("127.0.0.1")).isFalse();
    OwnServers lenient =
        new OwnServers(
            new NamesForTests(PUBLIC),
            NamesForTests.config("notification.own-servers.without-login", "true"));
    assertThat(lenient.mustBeLoggedInTo(NamesForTests.HOST)).isFalse();
  }

  private static OwnServers servers(String... addresses) {
    return new OwnServers(new NamesForTests(addresses), NamesForTests.config());
  }
}
