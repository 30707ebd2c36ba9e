package dev.credmill.batch.relay;

import dev.credmill.batch.BatchConfig;
import dev.credmill.batch.Lane;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;

/** The thread that relays. */
@ApplicationScoped
class RelayLane {
  private final BatchConfig config;
  private final Relay relay;
  private volatile Lane lane;

  RelayLane(BatchConfig config, Relay relay) {
    this.config = config;
    this.relay = relay;
  }

  void start(@Observes StartupEvent starting) {
    lane = new Lane("relay", config.pollInterval(), this::round);
  }

  void stop(@Observes ShutdownEvent stopping) {
    lane.close();
  }

  void wake() {
    if (lane != null) {
      lane.wake();
    }
  }

  private boolean round() {
    try {
      return relay.round();
    } catch (SQLException e) {
      throw new IllegalStateException("the relay could not reach its tables", e);
    }
  }
}
