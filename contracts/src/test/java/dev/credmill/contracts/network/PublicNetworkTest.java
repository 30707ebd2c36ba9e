package dev.credmill.contracts.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.credmill.contracts.network.PublicNetwork.Network;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicNetworkTest {
  private final PublicNetwork open = new PublicNetwork(List.of());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "93.184.215.14",
        "172.15.255.255",
        "172.32.0.1",
        "100.128.0.1",
        "223.255.255.255",
        "2606:4700:4700::1111",
        "64:ff9b::101:101"
      })
  void whatAnybodyCanReachIsPublic(String address) {
    assertThat(open.reaches(InetAddress.ofLiteral(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "10.255.255.255",
        "100.64.0.1",
        "100.127.255.255",
        "127.0.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.170",
        "192.0.2.1",
        "192.168.0.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:a9fe:a9fe",
        "64:ff9b::a00:1",
        "64:ff9b::169.254.169.254",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fd12:3456:789a::1",
        "fe80::1",
        "fec0::1",
        "ff02::1"
      })
  void whatIsPrivateLocalOrReservedIsNot(String address) {
    assertThat(open.reaches(InetAddress.ofLiteral(address))).isFalse();
  }

  @Test
  void anOperatorMayAllowMore() {
    // When
    PublicNetwork some = new PublicNetwork(List.of("10.1.0.0/16", "fd00::/120"));
    // Then
    assertThat(some.reaches(InetAddress.ofLiteral("10.1.255.1"))).isTrue();
    assertThat(some.reaches(InetAddress.ofLiteral("10.2.0.1"))).isFalse();
    assertThat(some.reaches(InetAddress.ofLiteral("fd00::ff"))).isTrue();
    assertThat(some.reaches(InetAddress.ofLiteral("fd00::100"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0", "10.0.0.0/33", "10.0.0.0/-1", "example.org/8", "", "::/129"})
  void aTypoInANetworkSaysSo(String text) {
    assertThatThrownBy(() -> Network.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
