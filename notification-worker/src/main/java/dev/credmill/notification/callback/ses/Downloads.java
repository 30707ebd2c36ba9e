package dev.credmill.notification.callback.ses;

import java.io.IOException;
import java.net.URI;

/** Fetches what callbacks need from Amazon. */
interface Downloads {
  /**
   * What stands there.
   *
   * @throws IOException where it cannot be had within seconds and some kilobytes
   */
  byte[] get(URI address) throws IOException;
}
