package dev.credmill.registry.organization;

import dev.credmill.contracts.id.OrganizationId;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * An organization's decentralized identifier: the address of its DID document, written as the
 * did:web method wants it (host, port escaped, path parts joined by colons).
 */
record DidWeb(String value) {
  private static final Pattern IP_ADDRESS = Pattern.compile("[0-9.]+|\\[.*]");

  /**
   * @throws IllegalArgumentException for an address of which no did:web can be made
   */
  static DidWeb of(String publicUrl, OrganizationId organization) {
    URI address = URI.create(publicUrl);
    String host = address.getHost();
    if (host == null || IP_ADDRESS.matcher(host).matches()) {
      throw new IllegalArgumentException("did:web needs a host name, not: " + publicUrl);
    }
    StringBuilder did = new StringBuilder("did:web:").append(host);
    if (address.getPort() != -1) {
      did.append("%3A").append(address.getPort());
    }
    for (String part : address.getPath().split("/")) {
      if (!part.isEmpty()) {
        did.append(':').append(escaped(part));
      }
    }
    return new DidWeb(did.append(":orgs:").append(organization.value()).toString());
  }

  private static String escaped(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
  }
}
