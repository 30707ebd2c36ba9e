package dev.credmill.issuance.offer;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** The notification endpoint (OpenID4VCI 1.0, 11). */
@PermitAll
@Protocol
@Path("/orgs")
@Tag(name = "Wallets")
class NotificationResource {
  private final Issuers issuers;
  private final Tokens tokens;
  private final ResponseTable responses;
  private final OfferTable offers;
  private final Clock clock;

  NotificationResource(
      Issuers issuers, Tokens tokens, ResponseTable responses, OfferTable offers, Clock clock) {
    this.issuers = issuers;
    this.tokens = tokens;
    this.responses = responses;
    this.offers = offers;
    this.clock = clock;
  }

  @POST
  @Path("/{slug}/notification")
  @Operation(
      operationId = "notifyIssuer",
      summary = "What became of a credential in the wallet",
      description =
          "A wallet that did not keep what it got says so here; the claim of the row is then EXPIRED and can be made again. The same call again changes nothing.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(type = SchemaType.OBJECT),
              examples =
                  @ExampleObject(
                      name = "accepted",
                      value =
                          "{\"notification_id\": \"0o2Zz8mVb1tQx7Jr5nUe9sLwCfDhGpTAaBbCcDdEe3kq\", \"event\": \"credential_accepted\"}")))
  @APIResponse(responseCode = "204", description = "Noted")
  @APIResponse(
      responseCode = "400",
      description = "`invalid_notification_id` or `invalid_notification_request`",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              examples =
                  @ExampleObject(
                      name = "unknown",
                      value = "{\"error\": \"invalid_notification_id\"}")))
  @APIResponse(responseCode = "401", description = "The token is missing, unknown or has expired")
  public Response notification(
      @Parameter(description = "The organization's slug", example = "acme") @RestPath String slug,
      @Parameter(hidden = true) @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
      InputStream body) {
    StoredOffer offer = tokens.authorized(issuers.named(slug), authorization);
    JsonNode request = Requests.object(body, ProtocolError::invalidNotificationRequest);
    Secret id =
        Requests.text(request, "notification_id")
            .map(Secret::new)
            .orElseThrow(
                () -> ProtocolError.invalidNotificationRequest("The notification_id is missing"));
    WalletEvent event =
        Requests.text(request, "event")
            .flatMap(WalletEvent::of)
            .orElseThrow(
                () ->
                    ProtocolError.invalidNotificationRequest(
                        "The event is credential_accepted, credential_failure or credential_deleted"));
    QuarkusTransaction.requiringNew().run(() -> note(offer, id, event));
    return Response.noContent().build();
  }

  private void note(StoredOffer offer, Secret id, WalletEvent event) {
    offers.lock(offer.row());
    boolean held = responses.holdsAny(offer);
    if (!responses.report(id, offer, event)) {
      throw ProtocolError.invalidNotificationId();
    }
    boolean holds = responses.holdsAny(offer);
    if (held && !holds) {
      offers.failed(offer, clock.instant().truncatedTo(ChronoUnit.MICROS));
    } else if (!held && holds) {
      offers.claimed(offer, clock.instant().truncatedTo(ChronoUnit.MICROS));
    }
  }

  @OPTIONS
  @Path("/{slug}/notification")
  @Operation(hidden = true)
  public Response preflight(@RestPath String slug) {
    return ProtocolResponses.preflight();
  }
}
