package dev.credmill.notification.email.identity;

import dev.credmill.contracts.access.CurrentCaller;
import dev.credmill.contracts.access.Role;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.problem.Problem;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.notification.email.trial.TestMessages;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;

/** As whom the organization writes, and over whose mail server; for its admins. */
@Path("/v1/sender-identity")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.Name.ORG_ADMIN)
@RunOnVirtualThread
@Tag(
    name = "Sender identity",
    description = "From which address emails come, and over which mail server they go")
class SenderIdentityResource {
  private static final String NEW =
      """
      {"from": "diplomas@acme.example.com", "fromName": "Acme University, Registrar", "replyTo": "registrar@acme.example.com",
       "server": {"host": "smtp.acme.example.com", "port": 587, "security": "STARTTLS",
                  "user": "diplomas@acme.example.com", "password": "correct horse battery staple"},
       "bounces": {"address": "bounces@acme.example.com", "host": "imap.acme.example.com",
                   "user": "bounces@acme.example.com", "password": "staple battery horse correct"},
       "perMinute": 300}
      """;
  private static final String NAME_ALONE =
      """
      {"fromName": "Acme University, Registrar", "replyTo": "registrar@acme.example.com"}
      """;
  private static final String KEPT =
      """
      {"from": "diplomas@acme.example.com", "fromName": "Acme University, Registrar", "replyTo": "registrar@acme.example.com",
       "server": {"host": "smtp.acme.example.com", "port": 587, "security": "STARTTLS",
                  "user": "diplomas@acme.example.com", "passwordSet": true},
       "bounces": {"address": "bounces@acme.example.com", "host": "imap.acme.example.com", "port": 993, "security": "TLS",
                   "user": "bounces@acme.example.com", "passwordSet": true, "folder": "INBOX"},
       "perMinute": 300, "createdAt": "2026-11-23T10:00:05Z", "updatedAt": "2026-11-23T10:00:05Z"}
      """;
  private static final String NONE =
      """
      {"type": "urn:credmill:problem:not-found", "title": "There is nothing here for you", "status": 404,
       "detail": "The organization has no sender identity, so its messages come from ours; PUT /v1/sender-identity makes one"}
      """;
  private static final String FOREIGN =
      """
      {"type": "urn:credmill:problem:sender-identity-invalid", "title": "This cannot be a sender identity", "status": 422,
       "detail": "Correct this and send it again: from: Over our mail server you write from our address: …",
       "errors": [{"field": "from", "code": "foreign-domain",
                   "message": "Over our mail server you write from our address: …"}]}
      """;
  private static final String CHANGED =
      """
      {"type": "urn:credmill:problem:conflict", "title": "That is not possible in the present state", "status": 409,
       "detail": "Somebody else has changed the sender identity meanwhile; look at it, and send yours again if you still want to"}
      """;
  private static final String WRONG_PASSWORD =
      """
      {"type": "urn:credmill:problem:mail-server-refused", "title": "That server does not work for us", "status": 422,
       "detail": "Correct this and send it again: server: The mail server cannot be worked with: 535 5.7.8 Authentication credentials invalid",
       "errors": [{"field": "server", "code": "login",
                   "message": "The mail server cannot be worked with: 535 5.7.8 Authentication credentials invalid"}]}
      """;

  private final SenderIdentities identities;
  private final ServerTrial trial;
  private final TestMessages messages;
  private final CurrentCaller caller;

  SenderIdentityResource(
      SenderIdentities identities, ServerTrial trial, TestMessages messages, CurrentCaller caller) {
    this.identities = identities;
    this.trial = trial;
    this.messages = messages;
    this.caller = caller;
  }

  @GET
  @Operation(
      operationId = "getSenderIdentity",
      summary = "As whom the organization writes",
      description = "Passwords are never shown.")
  @APIResponse(
      responseCode = "200",
      description = "The identity",
      content =
          @Content(
              schema = @Schema(implementation = SenderIdentityView.class),
              examples = @ExampleObject(name = "own server", value = KEPT)))
  @APIResponse(
      responseCode = "404",
      description = "There is none: messages come from our address",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = Problem.class),
              examples = @ExampleObject(name = "none", value = NONE)))
  public SenderIdentityView get() {
    return SenderIdentityView.of(identities.get(caller.organization()));
  }

  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "putSenderIdentity",
      summary = "Write as yourself, over your own mail server",
      description =
          "Replaces what there is, but for passwords that are left out while host and user stay and security does not fall to NONE. First we log in to your servers and name the sender; if that fails nothing is kept, and you get their words. Servers can be named 30 times an hour. Holds within 10 seconds, also for messages that wait. Without a server, fromName and replyTo can be set, and a from in a domain that the operator allows.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = SenderIdentityRequest.class),
              examples = {
                @ExampleObject(name = "own server", value = NEW),
                @ExampleObject(name = "name alone", value = NAME_ALONE)
              }))
  @APIResponse(
      responseCode = "200",
      description = "The identity as it is now",
      content =
          @Content(
              schema = @Schema(implementation = SenderIdentityView.class),
              examples = @ExampleObject(name = "own server", value = KEPT)))
  @APIResponse(
      responseCode = "422",
      description = "This is no identity (every fault is told), or a server does not let us in",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = Problem.class),
              examples = {
                @ExampleObject(name = "foreign domain", value = FOREIGN),
                @ExampleObject(name = "wrong password", value = WRONG_PASSWORD)
              }))
  @APIResponse(
      responseCode = "409",
      description = "It was changed meanwhile, or this installation keeps no passwords",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = Problem.class),
              examples = @ExampleObject(name = "changed meanwhile", value = CHANGED)))
  @APIResponse(responseCode = "429", description = "Servers were named 30 times in this hour")
  public SenderIdentityView put(
      @Parameter(
              description = "false keeps it without trying the servers",
              schema = @Schema(type = SchemaType.BOOLEAN))
          @RestQuery
          @DefaultValue("true")
          String check,
      @NotNull(message = "is missing") SenderIdentityRequest body) {
    return SenderIdentityView.of(identities.put(caller.organization(), body, isTried(check)));
  }

  /** Left to itself, JAX-RS would take every typo for false. */
  private static boolean isTried(String check) {
    return switch (check) {
      case "true" -> true;
      case "false" -> false;
      default -> throw ProblemType.INVALID_PARAMETER.because("check is true or false");
    };
  }

  @DELETE
  @Operation(
      operationId = "deleteSenderIdentity",
      summary = "Go back to our address and mail server",
      description = "Within 10 seconds, also for messages that wait. Passwords are erased.")
  @APIResponse(responseCode = "204", description = "Deleted")
  @APIResponse(
      responseCode = "404",
      description = "There is none",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = Problem.class),
              examples = @ExampleObject(name = "none", value = NONE)))
  public void delete() {
    identities.delete(caller.organization());
  }

  @POST
  @Path("/test")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "testSenderIdentity",
      summary = "Send a message to yourself",
      description =
          "A sample with `[Test]` before the subject, the way the organization's messages go. At once and once; what the mail server answers is told. Ten an hour for an organization, together with those of message templates; nothing goes to whom its suppression list has.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = TestMessages.To.class),
              examples =
                  @ExampleObject(name = "to me", value = "{\"to\": \"registrar@acme.example\"}")))
  @APIResponse(
      responseCode = "200",
      description = "The mail server has taken it",
      content =
          @Content(
              schema = @Schema(implementation = TestMessages.Sent.class),
              examples =
                  @ExampleObject(
                      name = "taken",
                      value =
                          "{\"to\": \"registrar@acme.example\", \"status\": \"SENT\", \"words\": \"250 2.0.0 Ok: queued as 4XyZ\"}")))
  @APIResponse(
      responseCode = "422",
      description = "The mail server has not taken it; its words are told",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = Problem.class),
              examples =
                  @ExampleObject(
                      name = "refused",
                      value =
                          """
                          {"type": "urn:credmill:problem:message-not-delivered", "title": "The message was not taken", "status": 422,
                           "detail": "550 5.7.60 Client does not have permissions to send as this sender"}
                          """)))
  @APIResponse(responseCode = "429", description = "Ten were sent within this hour")
  public TestMessages.Sent test(@NotNull(message = "is missing") TestMessages.To body) {
    OrganizationId organization = caller.organization();
    identities.forget(organization);
    return messages.send(organization, body.to(), () -> trial.send(organization, body.to()));
  }
}
