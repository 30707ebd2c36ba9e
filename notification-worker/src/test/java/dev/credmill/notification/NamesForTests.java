package dev.credmill.notification;

import dev.credmill.contracts.CredmillConfig;
import dev.credmill.contracts.network.Names;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Names of hosts that only the test knows: whoever looks one up elsewhere finds nothing. */
public final class NamesForTests extends Names {
  public static final String HOST = "server.acme.example.com";
  private final Map<String, List<InetAddress>> known = new ConcurrentHashMap<>();

  public NamesForTests(String... addresses) {
    set(HOST, addresses);
  }

  /** Without addresses it is not found any more. */
  public void set(String host, String... addresses) {
    known.put(host, Stream.of(addresses).map(InetAddress::ofLiteral).toList());
  }

  @Override
  public List<InetAddress> of(String host, Duration longest) throws UnknownHostException {
    List<InetAddress> addresses = known.get(host);
    if (addresses == null) {
      return super.of(host, longest);
    }
    if (addresses.isEmpty()) {
      throw new UnknownHostException("no address");
    }
    return addresses;
  }

  /** Settings of a service that may connect to this machine and keep passwords. */
  public static NotificationConfig config(String... more) {
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "credmill.public-url", "https://credentials.example.org",
                "credmill.service-token", "a-token-for-tests-only",
                "notification.send-timeout", "PT3S",
                "notification.master-key", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
                "notification.own-servers.allowed-networks", "127.0.0.0/8"));
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return new SmallRyeConfigBuilder()
        .withMapping(NotificationConfig.class)
        .withMapping(CredmillConfig.class)
        .withSources(new PropertiesConfigSource(settings, "test", 100))
        .build()
        .getConfigMapping(NotificationConfig.class);
  }
}
