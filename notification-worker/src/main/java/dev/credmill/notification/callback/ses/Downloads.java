package dev.credmill.notification.callback.ses;

import java.io.IOException;
import java.net.URI;

/** Fetches what callbacks need from Amazon. */
interface Downloads {
  /**
   * What stands there.
   *
   * @throws Busy where others are being fetched
   * @throws IOException where it cannot be had within seconds and some kilobytes
   */
  byte[] get(URI address) throws IOException;

  /** Says nothing of what stands there. */
  final class Busy extends IOException {
    private static final long serialVersionUID = 1;

    Busy() {
      super("too much is being fetched");
    }
  }
}
