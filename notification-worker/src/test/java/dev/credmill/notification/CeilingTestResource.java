package dev.credmill.notification;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** An operator who allows three countries, and so many segments a day. */
public class CeilingTestResource implements QuarkusTestResourceLifecycleManager {
  static final int SEGMENTS_PER_DAY = 5_000;

  @Override
  public Map<String, String> start() {
    return Map.of(
        "notification.sms.limits.segments-per-day",
        Integer.toString(SEGMENTS_PER_DAY),
        "notification.sms.limits.countries",
        "DE,AT,CH");
  }

  @Override
  public void stop() {}
}
