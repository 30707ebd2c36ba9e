package dev.credmill.batch.webhook;

import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where a webhook's messages go, taken apart.
 *
 * @param host a name, or an address without brackets
 * @param path with the query
 */
record Destination(boolean secure, String host, int port, String path) {
  private static final int LONGEST = 2_000;
  private static final int HTTPS = 443;
  private static final int HTTP = 80;
  private static final int HIGHEST_PORT = 65_535;

  /**
   * @throws ProblemException saying what is wrong with it
   */
  static Destination of(String url, boolean plainHttp) {
    if (url == null || url.length() > LONGEST) {
      throw refused("url is missing, or has more than " + LONGEST + " characters");
    }
    URI uri;
    try {
      uri = new URI(url).parseServerAuthority();
    } catch (URISyntaxException e) {
      throw refused("url is no address; write names of other scripts in Punycode");
    }
    boolean secure = "https".equalsIgnoreCase(uri.getScheme());
    if (!secure && !(plainHttp && "http".equalsIgnoreCase(uri.getScheme()))) {
      throw refused("url must begin with https://");
    }
    if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
      throw refused("url must name a host, and have no user, no password and no fragment");
    }
    int port = uri.getPort() == -1 ? secure ? HTTPS : HTTP : uri.getPort();
    if (port < 1 || port > HIGHEST_PORT) {
      throw refused("url has a port that does not exist");
    }
    return new Destination(secure, host(uri), port, path(uri));
  }

  private static String host(URI uri) {
    String host = uri.getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static String path(URI uri) {
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
  }

  private static ProblemException refused(String why) {
    return ProblemType.WEBHOOK_INVALID.because(why);
  }
}
