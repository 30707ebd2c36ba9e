package dev.credmill.notification.callback;

import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.notification.callback.postmark.PostmarkCallback;
import dev.credmill.notification.callback.sendgrid.SendGridCallback;
import dev.credmill.notification.callback.ses.SesCallback;
import dev.credmill.notification.delivery.Report;
import dev.credmill.notification.delivery.Reports;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * What providers call. Nobody logs in here: each of them proves in its own way that it is the one,
 * and does so before anything is looked up but the settings.
 */
@Path(CallbackAddress.PATH)
@PermitAll
class CallbackResource {
  private static final Logger LOG = Logger.getLogger(CallbackResource.class);
  private static final int CHUNK = 1_000;

  /** A body has some megabytes, and may be a stranger's until all of it was read. */
  private static final int READ_AT_ONCE = 8;

  private final PlatformCallbacks platform;
  private final OrganizationCallbacks organizations;
  private final SesCallback ses;
  private final PostmarkCallback postmark;
  private final SendGridCallback sendGrid;
  private final Reports reports;
  private final Semaphore places = new Semaphore(READ_AT_ONCE);

  CallbackResource(
      PlatformCallbacks platform,
      OrganizationCallbacks organizations,
      SesCallback ses,
      PostmarkCallback postmark,
      SendGridCallback sendGrid,
      Reports reports) {
    this.platform = platform;
    this.organizations = organizations;
    this.ses = ses;
    this.postmark = postmark;
    this.sendGrid = sendGrid;
    this.reports = reports;
  }

  /** Of the platform's own account. */
  @POST
  @Path("/{provider}")
  @RunOnVirtualThread
  @Operation(hidden = true)
  public RestResponse<Void> take(
      @RestPath String provider, @Context HttpHeaders headers, InputStream body)
      throws IOException {
    CallbackSettings settings =
        Provider.of(provider).flatMap(platform::find).orElseThrow(CallbackResource::notFound);
    return take(read(settings, headers, body), reports::add);
  }

  /** Of an organization's account, which says nothing of others' messages. */
  @POST
  @Path("/{organization}/{provider}")
  @RunOnVirtualThread
  @Operation(hidden = true)
  public RestResponse<Void> take(
      @RestPath String organization,
      @RestPath String provider,
      @Context HttpHeaders headers,
      InputStream body)
      throws IOException {
    OrganizationId whose = organization(organization).orElseThrow(CallbackResource::notFound);
    Provider whom = Provider.of(provider).orElseThrow(CallbackResource::notFound);
    CallbackSettings settings =
        organizations.find(whose, whom).orElseThrow(CallbackResource::notFound);
    return take(read(settings, headers, body), part -> reports.add(part, whose));
  }

  private List<Report> read(CallbackSettings settings, HttpHeaders headers, InputStream body)
      throws IOException {
    if (!places.tryAcquire()) {
      throw ProblemType.UNAVAILABLE.because("Too many callbacks are being read; call again");
    }
    try {
      return reports(settings, headers, body);
    } finally {
      places.release();
    }
  }

  private List<Report> reports(CallbackSettings settings, HttpHeaders headers, InputStream body)
      throws IOException {
    return switch (settings) {
      case CallbackSettings.Ses(var topic) -> ses.read(topic, body);
      case CallbackSettings.Postmark(var credentials) -> postmark.read(credentials, headers, body);
      case CallbackSettings.SendGrid(var key) -> sendGrid.read(key, headers, body);
    };
  }

  /**
   * A part that is taken stays taken when a later one fails: it comes again, and changes nothing.
   */
  private static RestResponse<Void> take(
      List<Report> found, Function<List<Report>, Set<UUID>> add) {
    int known = 0;
    for (int from = 0; from < found.size(); from += CHUNK) {
      known += add.apply(found.subList(from, Math.min(from + CHUNK, found.size()))).size();
    }
    LOG.debugf("a callback reported on %d messages; %d are of ours", found.size(), known);
    return RestResponse.ok();
  }

  private static Optional<OrganizationId> organization(String text) {
    try {
      return Optional.of(new OrganizationId(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** The same for whatever there is not. */
  private static ProblemException notFound() {
    return ProblemType.NOT_FOUND.because("There is no such callback");
  }
}
