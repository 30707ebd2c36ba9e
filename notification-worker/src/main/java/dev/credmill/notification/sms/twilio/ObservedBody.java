package dev.credmill.notification.sms.twilio;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;

/** The body of a request that knows whether anything of it was asked for. */
final class ObservedBody implements BodyPublisher {
  private final BodyPublisher body;
  private volatile boolean askedFor;

  ObservedBody(byte[] bytes) {
    this.body = BodyPublishers.ofByteArray(bytes);
  }

  boolean wasAskedFor() {
    return askedFor;
  }

  @Override
  public long contentLength() {
    return body.contentLength();
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    askedFor = true;
    body.subscribe(subscriber);
  }
}
