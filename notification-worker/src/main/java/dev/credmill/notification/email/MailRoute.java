package dev.credmill.notification.email;

import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.notification.delivery.Route;
import java.util.Optional;

/**
 * The way over a mail server.
 *
 * @param organization whose own server it is; null for the platform's
 * @param version of the settings that it is known by
 */
record MailRoute(
    OrganizationId organization, long version, int inFlight, Optional<Integer> perMinute)
    implements Route {}
