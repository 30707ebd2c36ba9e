package dev.credmill.contracts.access;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Turns an API key into the {@link Caller} that resources inject. */
@ApplicationScoped
class CallerIdentity implements IdentityProvider<Authentication.KeyRequest> {
  private final ApiKeys keys;

  CallerIdentity(ApiKeys keys) {
    this.keys = keys;
  }

  @Override
  public Class<Authentication.KeyRequest> getRequestType() {
    return Authentication.KeyRequest.class;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      Authentication.KeyRequest request, AuthenticationRequestContext context) {
    return context.runBlocking(
        () ->
            keys.callerOf(request.keyHash)
                .map(CallerIdentity::identity)
                .orElseThrow(() -> new AuthenticationFailedException("unknown API key")));
  }

  private static SecurityIdentity identity(Caller caller) {
    return QuarkusSecurityIdentity.builder()
        .setPrincipal(caller)
        .addRole(caller.role().text())
        .build();
  }
}
