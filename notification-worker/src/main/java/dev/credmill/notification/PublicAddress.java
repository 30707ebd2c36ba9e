package dev.credmill.notification;

import dev.credmill.contracts.CredmillConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/** What messages take from the address under which the world reaches Credmill. */
@ApplicationScoped
public class PublicAddress {
  private final String host;
  private final NotificationConfig config;

  public PublicAddress(CredmillConfig credmill, NotificationConfig config) {
    this.host = host(credmill.publicUrl());
    this.config = config;
  }

  /** The address that emails come from. */
  public String sender() {
    return config.from().orElseGet(() -> "no-reply@" + host);
  }

  /** What stands behind the @ of a Message-ID. */
  public String messageIdDomain() {
    return config.messageIdDomain().orElse(host);
  }

  /** The domains that are the platform's own. */
  public List<String> domains() {
    return Stream.concat(
            Stream.of(host, domain(sender())),
            config.bounces().address().map(PublicAddress::domain).stream())
        .distinct()
        .toList();
  }

  private static String domain(String address) {
    return address.substring(address.lastIndexOf('@') + 1);
  }

  private static String host(String publicUrl) {
    String host = URI.create(publicUrl).getHost();
    if (host == null) {
      throw new IllegalArgumentException(
          "credmill.public-url must name a host by the rules of the DNS: " + publicUrl);
    }
    return host;
  }
}
