package dev.credmill.notification.email;

import jakarta.mail.MessagingException;
import java.util.List;

/**
 * Where a connection to a mail server begins.
 *
 * @param hosts names or addresses, to be tried one after the other
 * @param user with whom to log in; null for nobody
 * @param password null where there is no user: the library would log in as whoever runs this
 *     process
 */
record Entrance(List<String> hosts, int port, String user, String password) {
  Entrance {
    if (hosts.isEmpty() || (user == null && password != null)) {
      throw new IllegalArgumentException("nowhere to connect to, or nobody to log in");
    }
  }

  /** Never says what is secret. */
  @Override
  public String toString() {
    return hosts + ":" + port;
  }

  /** Finds it, for each connection anew. */
  interface Way {
    /**
     * @throws MessagingException when there is none
     */
    Entrance find() throws MessagingException;
  }
}
