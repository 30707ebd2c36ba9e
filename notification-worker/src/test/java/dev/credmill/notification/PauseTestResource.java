package dev.credmill.notification;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** More than 2 of the latest 20 messages that come back have the others wait. */
public class PauseTestResource implements QuarkusTestResourceLifecycleManager {
  @Override
  public Map<String, String> start() {
    return Map.of("notification.pause.latest", "20", "notification.pause.percent", "10");
  }

  @Override
  public void stop() {}
}
