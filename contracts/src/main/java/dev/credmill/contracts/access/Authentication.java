package dev.credmill.contracts.access;

import dev.credmill.contracts.CredmillConfig;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.identity.request.BaseAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;

/** Takes an API key from {@code X-API-Key}, and the service token on {@code /internal}. */
@ApplicationScoped
class Authentication implements HttpAuthenticationMechanism {
  private static final String HEADER = "X-API-Key";
  private static final int LONGEST_KEY = 200;
  private final CredmillConfig config;

  Authentication(CredmillConfig config) {
    this.config = config;
  }

  /** An API key that awaits the look-up. */
  static final class KeyRequest extends BaseAuthenticationRequest {
    final String keyHash;

    KeyRequest(String keyHash) {
      this.keyHash = keyHash;
    }
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      RoutingContext context, IdentityProviderManager providers) {
    if (context.normalizedPath().startsWith("/internal/")) {
      return service(context);
    }
    String key = context.request().getHeader(HEADER);
    if (key == null) {
      return Uni.createFrom().nullItem();
    }
    if (key.isBlank() || key.length() > LONGEST_KEY) {
      return Uni.createFrom().failure(new AuthenticationFailedException("not an API key"));
    }
    return providers.authenticate(new KeyRequest(ApiKeys.hash(key)));
  }

  private Uni<SecurityIdentity> service(RoutingContext context) {
    String header = context.request().getHeader("Authorization");
    byte[] expected = ("Bearer " + config.serviceToken()).getBytes(StandardCharsets.UTF_8);
    if (header == null
        || !MessageDigest.isEqual(expected, header.getBytes(StandardCharsets.UTF_8))) {
      return Uni.createFrom().nullItem();
    }
    return Uni.createFrom()
        .item(
            QuarkusSecurityIdentity.builder()
                .setPrincipal(() -> Role.Name.SERVICE)
                .addRole(Role.Name.SERVICE)
                .build());
  }

  @Override
  public Uni<ChallengeData> getChallenge(RoutingContext context) {
    return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", "ApiKey"));
  }

  @Override
  public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
    return Set.of(KeyRequest.class);
  }
}
