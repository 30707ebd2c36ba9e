package dev.credmill.issuance.securing;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Tells operators which provider signs: a slow one is no failure, but is to be seen. */
@Readiness
@ApplicationScoped
class SigningHealth implements HealthCheck {
  private final Signers signers;

  SigningHealth(Signers signers) {
    this.signers = signers;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("credential signing")
        .up()
        .withData("provider", signers.providerName())
        .build();
  }
}
