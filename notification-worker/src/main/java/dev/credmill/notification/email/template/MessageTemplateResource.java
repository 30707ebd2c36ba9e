package dev.credmill.notification.email.template;

import dev.credmill.contracts.access.CurrentCaller;
import dev.credmill.contracts.access.Role;
import dev.credmill.contracts.preview.MessagePreview;
import dev.credmill.contracts.problem.Problem;
import dev.credmill.contracts.problem.ProblemException;
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
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** What the organization's emails say: its admins change it, issuers may look. */
@Path("/v1/message-templates")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.Name.ORG_ADMIN)
@Tag(
    name = "Message templates",
    description = "What emails say, for each credential definition and language")
class MessageTemplateResource {
  static final String ID = "0193a1c2-7d10-7b3e-8f21-6a5b4c3d2e1f";
  private static final String NEW =
      """
      {"definitionId": null, "purpose": "ISSUED", "language": "de", "subject": "{{title}} von {{issuer}}",
       "body": "Guten Tag{{#name}} {{name}}{{/name}},\\n\\nIhr Nachweis ist da:\\n\\n{{link}}", "accentColor": "#7a1fa2"}
      """;
  private static final String ONE =
      """
      {"id": "0193a1c2-7d10-7b3e-8f21-6a5b4c3d2e1f", "definitionId": null, "purpose": "ISSUED", "language": "de",
       "subject": "{{title}} von {{issuer}}",
       "body": "Guten Tag{{#name}} {{name}}{{/name}},\\n\\nIhr Nachweis ist da:\\n\\n{{link}}",
       "html": null, "text": null, "logoUrl": null, "accentColor": "#7a1fa2",
       "createdAt": "2026-11-23T10:00:05Z", "updatedAt": "2026-11-23T10:00:05Z"}
      """;
  private static final String SHOWN =
      """
      {"to": "ada@example.org", "from": "Acme University <no-reply@example.org>", "subject": "Diplom von Acme University",
       "text": "Guten Tag Ada Lovelace,\\n\\nIhr Nachweis ist da:\\n\\nhttps://credentials.example.org/c/sample\\n",
       "html": "<!DOCTYPE html>…"}
      """;
  private static final String NONE =
      """
      {"type": "urn:credmill:problem:not-found", "title": "There is nothing here for you", "status": 404,
       "detail": "There is no message template of that id; GET /v1/message-templates lists yours"}
      """;
  private static final String INVALID =
      """
      {"type": "urn:credmill:problem:message-template-invalid", "title": "This cannot be a message template", "status": 422,
       "detail": "Correct this and send it again: body: There is no nmae here; there are name, issuer, title, description, link, claimLink, language",
       "errors": [{"field": "body", "code": "unknown-variable",
                   "message": "There is no nmae here; there are name, issuer, title, description, link, claimLink, language"}]}
      """;
  private static final int MOST = 100;

  private final MessageTemplates templates;
  private final TemplateTests tests;
  private final CurrentCaller caller;

  MessageTemplateResource(MessageTemplates templates, TemplateTests tests, CurrentCaller caller) {
    this.templates = templates;
    this.tests = tests;
    this.caller = caller;
  }

  /**
   * A part of the list.
   *
   * @param next the cursor of the next part; null at the end
   */
  @Schema(name = "MessageTemplates")
  public record Part(List<MessageTemplateView> items, @Schema(nullable = true) String next) {}

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RunOnVirtualThread
  @Operation(
      operationId = "createMessageTemplate",
      summary = "Make a message template",
      description =
          "Emails about that definition, in that language, say this within 10 seconds. A recipient gets the most specific template: the definition's before the organization's, and of each the one in his language, in a wider one (de for de-AT), then the one for any. Without one the message is ours, in English, German or French.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = MessageTemplateRequest.class),
              examples = @ExampleObject(name = "in German", value = NEW)))
  @APIResponse(
      responseCode = "201",
      description = "The template",
      content =
          @Content(
              schema = @Schema(implementation = MessageTemplateView.class),
              examples = @ExampleObject(name = "made", value = ONE)))
  @APIResponse(
      responseCode = "409",
      description = "There is one for this definition, purpose and language, or there are too many")
  @APIResponse(
      responseCode = "422",
      description = "This is no template; every fault is told",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = Problem.class),
              examples = @ExampleObject(name = "misspelt", value = INVALID)))
  public Response create(@NotNull(message = "is missing") MessageTemplateRequest body) {
    MessageTemplateView made =
        MessageTemplateView.of(templates.create(caller.organization(), body));
    return Response.created(URI.create("/v1/message-templates/" + made.id())).entity(made).build();
  }

  @GET
  @RunOnVirtualThread
  @RolesAllowed({Role.Name.ISSUER, Role.Name.ORG_ADMIN})
  @Operation(
      operationId = "listMessageTemplates",
      summary = "List the message templates",
      description = "Those of the organization, the oldest first.")
  @APIResponse(
      responseCode = "200",
      description = "A part of the list",
      content =
          @Content(
              schema = @Schema(implementation = Part.class),
              examples =
                  @ExampleObject(
                      name = "one",
                      value = "{\"items\": [" + ONE + "], \"next\": null}")))
  public Part list(
      @Parameter(description = "How many at once, 100 at most") @RestQuery @DefaultValue("50")
          int limit,
      @Parameter(description = "`next` of the part before") @RestQuery String cursor) {
    if (limit < 1 || limit > MOST) {
      throw ProblemType.INVALID_PARAMETER.because("limit goes from 1 to %d".formatted(MOST));
    }
    UUID after = cursor == null ? null : uuid(cursor, MessageTemplateResource::badCursor);
    List<MessageTemplate> read = templates.read(caller.organization(), after, limit + 1);
    boolean isMore = read.size() > limit;
    List<MessageTemplate> shown = isMore ? read.subList(0, limit) : read;
    return new Part(
        shown.stream().map(MessageTemplateView::of).toList(),
        isMore ? shown.getLast().id().toString() : null);
  }

  @GET
  @Path("/{id}")
  @RunOnVirtualThread
  @RolesAllowed({Role.Name.ISSUER, Role.Name.ORG_ADMIN})
  @Operation(
      operationId = "getMessageTemplate",
      summary = "One message template",
      description = "As it was entered.")
  @APIResponse(
      responseCode = "200",
      description = "The template",
      content =
          @Content(
              schema = @Schema(implementation = MessageTemplateView.class),
              examples = @ExampleObject(name = "one", value = ONE)))
  @APIResponse(
      responseCode = "404",
      description = "No such template of yours",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = Problem.class),
              examples = @ExampleObject(name = "gone", value = NONE)))
  public MessageTemplateView get(
      @Parameter(description = "The template", example = ID) @RestPath String id) {
    return MessageTemplateView.of(templates.get(caller.organization(), id(id)));
  }

  @PUT
  @Path("/{id}")
  @Consumes(MediaType.APPLICATION_JSON)
  @RunOnVirtualThread
  @Operation(
      operationId = "replaceMessageTemplate",
      summary = "Replace a message template",
      description = "By the whole body: what is left out is gone. Holds within 10 seconds.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = MessageTemplateRequest.class),
              examples = @ExampleObject(name = "in German", value = NEW)))
  @APIResponse(
      responseCode = "200",
      description = "The template as it is now",
      content =
          @Content(
              schema = @Schema(implementation = MessageTemplateView.class),
              examples = @ExampleObject(name = "one", value = ONE)))
  @APIResponse(responseCode = "404", description = "No such template of yours")
  @APIResponse(
      responseCode = "409",
      description = "There is another for this definition, purpose and language")
  @APIResponse(responseCode = "422", description = "This is no template; every fault is told")
  public MessageTemplateView replace(
      @Parameter(description = "The template", example = ID) @RestPath String id,
      @NotNull(message = "is missing") MessageTemplateRequest body) {
    return MessageTemplateView.of(templates.replace(caller.organization(), id(id), body));
  }

  @DELETE
  @Path("/{id}")
  @RunOnVirtualThread
  @Operation(
      operationId = "deleteMessageTemplate",
      summary = "Delete a message template",
      description = "Messages say what the next specific template says, or what ours does.")
  @APIResponse(responseCode = "204", description = "Deleted")
  @APIResponse(
      responseCode = "404",
      description = "No such template of yours",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = Problem.class),
              examples = @ExampleObject(name = "gone", value = NONE)))
  public void delete(@Parameter(description = "The template", example = ID) @RestPath String id) {
    templates.delete(caller.organization(), id(id));
  }

  @POST
  @Path("/preview")
  @Consumes(MediaType.APPLICATION_JSON)
  @RunOnVirtualThread
  @Operation(
      operationId = "previewMessageTemplate",
      summary = "See what a message would say",
      description =
          "Takes a template as the call that makes one does, and keeps nothing: the message as a recipient who does not exist would get it.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = MessageTemplateRequest.class),
              examples = @ExampleObject(name = "in German", value = NEW)))
  @APIResponse(
      responseCode = "200",
      description = "The message",
      content =
          @Content(
              schema = @Schema(implementation = MessagePreview.class),
              examples = @ExampleObject(name = "shown", value = SHOWN)))
  @APIResponse(responseCode = "422", description = "This is no template; every fault is told")
  public MessagePreview preview(
      @Parameter(
              description =
                  "Whose words are shown; the template's own definition, or made-up words, if left out")
          @RestQuery
          String definitionId,
      @NotNull(message = "is missing") MessageTemplateRequest body) {
    return tests.preview(caller.organization(), body, definitionId);
  }

  @POST
  @Path("/{id}/test")
  @Consumes(MediaType.APPLICATION_JSON)
  @RunOnVirtualThread
  @Operation(
      operationId = "testMessageTemplate",
      summary = "Send a message by a template to yourself",
      description =
          "With sample values, and `[Test]` before the subject. At once and once; what the mail server answers is told. Ten an hour for an organization; nothing goes to whom its suppression list has.")
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
  @APIResponse(responseCode = "404", description = "No such template of yours")
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
                           "detail": "550 5.1.1 <(address)>: User unknown"}
                          """)))
  @APIResponse(responseCode = "429", description = "Ten were sent within this hour")
  public TestMessages.Sent test(
      @Parameter(description = "The template", example = ID) @RestPath String id,
      @NotNull(message = "is missing") TestMessages.To body) {
    return tests.send(caller.organization(), id(id), body.to());
  }

  private static UUID id(String text) {
    return uuid(text, MessageTemplates::notFound);
  }

  private static UUID uuid(String text, Supplier<ProblemException> otherwise) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException _) {
      throw otherwise.get();
    }
  }

  private static ProblemException badCursor() {
    return ProblemType.INVALID_PARAMETER.because("cursor is no `next` of this list");
  }
}
