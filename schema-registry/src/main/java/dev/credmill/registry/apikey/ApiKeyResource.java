package dev.credmill.registry.apikey;

import dev.credmill.contracts.access.Caller;
import dev.credmill.contracts.access.CurrentCaller;
import dev.credmill.contracts.access.Role;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.problem.Problem;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.registry.catalogue.Examples;
import dev.credmill.registry.catalogue.Page;
import dev.credmill.registry.catalogue.PageRequest;
import dev.credmill.registry.organization.Organizations;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/v1/api-keys")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.Name.ORG_ADMIN, Role.Name.PLATFORM_ADMIN})
@Tag(name = "API keys", description = "Who may call; a key is kept by its hash and shown once")
class ApiKeyResource {
  private static final String KEPT =
      """
      "id": "key-6f0d1a52-6c1d-4b57-9d0c-0f5f6d1b2c3a", "name": "registrar's office", "role": "issuer",
       "organization": "acme", "createdBy": "key-1f7a8f0e-15a2-4f61-8a8e-3f0b5a0c9d77", "createdAt": "2026-11-22T09:00:00Z"
      """;
  private final StoredApiKeys keys;
  private final Organizations organizations;
  private final CurrentCaller caller;

  ApiKeyResource(StoredApiKeys keys, Organizations organizations, CurrentCaller caller) {
    this.keys = keys;
    this.organizations = organizations;
    this.caller = caller;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "createApiKey",
      summary = "Make an API key",
      description =
          "The key is in this answer and never shown again. An org-admin makes keys of the own organization; a platform admin makes an organization's first org-admin key, and platform admins' keys.")
  @APIResponse(
      responseCode = "201",
      description = "Made; keep `key` now",
      content =
          @Content(
              schema = @Schema(implementation = ShownOnce.class),
              examples =
                  @ExampleObject(
                      name = "made",
                      value =
                          "{\"key\": \"cm_Zk3vQ0m1d2x8hW5b7n9p4r6t8y0u2i4o6a8s1d3f\", "
                              + KEPT
                              + "}")))
  @APIResponse(
      responseCode = "403",
      description = "This role makes no such key",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = Problem.class),
              examples =
                  @ExampleObject(
                      name = "forbidden",
                      value =
                          """
                          {"type": "urn:credmill:problem:forbidden", "title": "This API key may not do that", "status": 403,
                           "detail": "An organization's admin makes keys of the roles issuer and org-admin"}
                          """)))
  public Response create(@NotNull(message = "is missing") @Valid NewApiKey body) {
    CacheControl never = new CacheControl();
    never.setNoStore(true);
    return Response.status(Response.Status.CREATED)
        .cacheControl(never)
        .entity(keys.create(caller.get(), body))
        .build();
  }

  @GET
  @Operation(
      operationId = "listApiKeys",
      summary = "List the API keys",
      description =
          "The organization's keys, revoked ones too, newest first, without the keys themselves. A platform admin sees the platform admins' keys, or those of the named organization.")
  @APIResponse(
      responseCode = "200",
      description = "A page of keys",
      content =
          @Content(
              examples =
                  @ExampleObject(
                      name = "page",
                      value = "{\"items\": [{" + KEPT + "}], \"next\": null}")))
  public Page<ApiKey> list(
      @Parameter(description = "Only for a platform admin: whose keys", example = "acme")
          @QueryParam("organization")
          String organization,
      @Parameter(description = "How many at most: 1 to 200", example = "50") @QueryParam("limit")
          String limit,
      @Parameter(description = "The `next` of the page before") @QueryParam("cursor")
          String cursor) {
    return keys.page(whose(organization), PageRequest.of(limit, cursor));
  }

  @DELETE
  @Path("/{id}")
  @Operation(
      operationId = "revokeApiKey",
      summary = "Revoke an API key",
      description =
          "From now on nobody gets in with it; a service that has just seen it may take it for 30 seconds more. A revoked key stays in the list.")
  @APIResponse(responseCode = "204", description = "Revoked, now or earlier")
  @APIResponse(
      responseCode = "404",
      description = "There is none of that id",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = Problem.class),
              examples = @ExampleObject(name = "none", value = Examples.NOT_FOUND)))
  public void revoke(
      @Parameter(
              description = "The key's id, not the key",
              example = "key-6f0d1a52-6c1d-4b57-9d0c-0f5f6d1b2c3a")
          @PathParam("id")
          String id) {
    keys.revoke(caller.get(), id);
  }

  private Optional<OrganizationId> whose(String named) {
    Caller who = caller.get();
    if (who.role() != Role.PLATFORM_ADMIN) {
      return Optional.of(who.organization());
    }
    if (named == null) {
      return Optional.empty();
    }
    return Optional.of(
        organizations
            .named(named)
            .map(found -> new OrganizationId(found.id()))
            .orElseThrow(
                () -> ProblemType.NOT_FOUND.because("There is no organization of that id")));
  }
}
