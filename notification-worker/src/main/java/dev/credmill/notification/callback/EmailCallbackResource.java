package dev.credmill.notification.callback;

import dev.credmill.contracts.access.CurrentCaller;
import dev.credmill.contracts.access.Role;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.problem.Problem;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** What an organization's own account at a provider of email calls, for its admins. */
@Path("/v1/email-callbacks/{provider}")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.Name.ORG_ADMIN)
@Tag(
    name = "Email callbacks",
    description =
        "Your own account at Amazon SES, Postmark or SendGrid reports what became of your emails")
class EmailCallbackResource {
  private static final String PROVIDER = "ses, postmark or sendgrid";
  private static final String SES =
      """
      {"url": "https://credentials.example.org/callbacks/email/acme/ses",
       "topicArn": "arn:aws:sns:eu-west-1:123456789012:ses-events"}
      """;
  private static final String POSTMARK =
      """
      {"url": "https://credentials.example.org/callbacks/email/acme/postmark", "user": "credmill"}
      """;
  private static final String NONE =
      """
      {"type": "urn:credmill:problem:not-found", "title": "There is nothing here for you", "status": 404,
       "detail": "There are no settings for callbacks of that provider; PUT makes them. Providers are ses, postmark and sendgrid"}
      """;

  private final OrganizationCallbacks callbacks;
  private final CallbackAddress address;
  private final CurrentCaller caller;

  EmailCallbackResource(
      OrganizationCallbacks callbacks, CallbackAddress address, CurrentCaller caller) {
    this.callbacks = callbacks;
    this.address = address;
    this.caller = caller;
  }

  @GET
  @RunOnVirtualThread
  @Operation(
      operationId = "getEmailCallback",
      summary = "Show what a provider's callbacks are known by",
      description = "And the address to enter there. Passwords are never shown.")
  @APIResponse(
      responseCode = "200",
      description = "The settings",
      content =
          @Content(
              schema = @Schema(implementation = EmailCallbackView.class),
              examples = @ExampleObject(name = "ses", value = SES)))
  @APIResponse(
      responseCode = "404",
      description = "There are none",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = Problem.class),
              examples = @ExampleObject(name = "none", value = NONE)))
  public EmailCallbackView show(
      @Parameter(description = PROVIDER, example = "ses") @RestPath String provider)
      throws SQLException {
    OrganizationId organization = caller.organization();
    Provider which = provider(provider);
    return view(
        organization,
        callbacks.get(organization, which).orElseThrow(EmailCallbackResource::notFound));
  }

  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  @RunOnVirtualThread
  @Operation(
      operationId = "putEmailCallback",
      summary = "Take a provider's callbacks",
      description =
          "Enter `url` at the provider. What it reports changes your organization's messages alone. Replaces the settings at once.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = EmailCallbackRequest.class),
              examples = {
                @ExampleObject(
                    name = "ses",
                    value = "{\"topicArn\": \"arn:aws:sns:eu-west-1:123456789012:ses-events\"}"),
                @ExampleObject(
                    name = "postmark",
                    value =
                        "{\"user\": \"credmill\", \"password\": \"an-example-and-no-password-0123\"}"),
                @ExampleObject(
                    name = "sendgrid",
                    value =
                        "{\"publicKey\": \"MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEaxfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9Q==\"}")
              }))
  @APIResponse(
      responseCode = "200",
      description = "The settings as they are now",
      content =
          @Content(
              schema = @Schema(implementation = EmailCallbackView.class),
              examples = {
                @ExampleObject(name = "ses", value = SES),
                @ExampleObject(name = "postmark", value = POSTMARK)
              }))
  @APIResponse(responseCode = "400", description = "Not such settings")
  @APIResponse(responseCode = "404", description = "No such provider")
  public EmailCallbackView replace(
      @Parameter(description = PROVIDER, example = "ses") @RestPath String provider,
      @NotNull(message = "is missing") EmailCallbackRequest body)
      throws SQLException {
    OrganizationId organization = caller.organization();
    CallbackSettings settings = body.settings(provider(provider));
    callbacks.put(organization, settings);
    return view(organization, settings);
  }

  @DELETE
  @RunOnVirtualThread
  @Operation(
      operationId = "deleteEmailCallback",
      summary = "Take no more of a provider's callbacks",
      description = "From then on its address answers 404.")
  @APIResponse(responseCode = "204", description = "Removed")
  @APIResponse(
      responseCode = "404",
      description = "There are none",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = Problem.class),
              examples = @ExampleObject(name = "none", value = NONE)))
  public void remove(@Parameter(description = PROVIDER, example = "ses") @RestPath String provider)
      throws SQLException {
    if (!callbacks.delete(caller.organization(), provider(provider))) {
      throw notFound();
    }
  }

  private EmailCallbackView view(OrganizationId organization, CallbackSettings settings) {
    return EmailCallbackView.of(settings, address.of(organization, settings.provider()));
  }

  private static Provider provider(String text) {
    return Provider.of(text).orElseThrow(EmailCallbackResource::notFound);
  }

  private static ProblemException notFound() {
    return ProblemType.NOT_FOUND.because(
        "There are no settings for callbacks of that provider; PUT makes them. Providers are ses, postmark and sendgrid");
  }
}
