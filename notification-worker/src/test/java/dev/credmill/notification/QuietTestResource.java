package dev.credmill.notification;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** The service itself looks for nothing that is due: what tests put there is theirs. */
public class QuietTestResource implements QuarkusTestResourceLifecycleManager {
  @Override
  public Map<String, String> start() {
    return Map.of("notification.poll-interval", "PT1H");
  }

  @Override
  public void stop() {}
}
