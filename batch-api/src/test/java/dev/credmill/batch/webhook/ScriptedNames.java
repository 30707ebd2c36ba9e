package dev.credmill.batch.webhook;

import dev.credmill.contracts.network.Names;
import io.quarkus.test.Mock;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Names that a test has made up, each with the addresses that it has just now. */
@Mock
@ApplicationScoped
class ScriptedNames extends Names {
  private final Map<String, List<InetAddress>> names = new ConcurrentHashMap<>();

  void set(String host, String... addresses) {
    names.put(host, Stream.of(addresses).map(InetAddress::ofLiteral).toList());
  }

  @Override
  public List<InetAddress> of(String host, Duration longest) throws UnknownHostException {
    List<InetAddress> known = names.get(host);
    return known != null ? known : super.of(host, longest);
  }
}
