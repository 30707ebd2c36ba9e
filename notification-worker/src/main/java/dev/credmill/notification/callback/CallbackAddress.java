package dev.credmill.notification.callback;

import dev.credmill.contracts.CredmillConfig;
import dev.credmill.contracts.id.OrganizationId;
import jakarta.enterprise.context.ApplicationScoped;

/** What is entered at a provider. */
@ApplicationScoped
class CallbackAddress {
  static final String PATH = "/callbacks/email";
  private final String publicUrl;

  CallbackAddress(CredmillConfig config) {
    this.publicUrl = config.publicUrl();
  }

  String of(OrganizationId organization, Provider provider) {
    return String.join("/", publicUrl + PATH, organization.value(), provider.path());
  }
}
