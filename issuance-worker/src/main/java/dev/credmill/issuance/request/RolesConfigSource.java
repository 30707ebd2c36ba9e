package dev.credmill.issuance.request;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** A process without the role {@code sign} does not even join the consumer group. */
public final class RolesConfigSource implements ConfigSourceFactory {
  private static final int ABOVE_EVERYTHING = 1_000;
  private static final String ENABLED =
      "mp.messaging.incoming.\"" + CredentialRequestConsumer.CHANNEL + "\".enabled";

  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    ConfigValue roles = context.getValue("issuance.roles");
    boolean signs =
        roles == null
            || roles.getValue() == null
            || Arrays.stream(roles.getValue().split(",", -1))
                .anyMatch(role -> role.strip().equalsIgnoreCase("sign"));
    return signs
        ? List.of()
        : List.of(
            new PropertiesConfigSource(
                Map.of(ENABLED, "false"), "the roles of this process", ABOVE_EVERYTHING));
  }
}
