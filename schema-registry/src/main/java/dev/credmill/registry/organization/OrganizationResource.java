package dev.credmill.registry.organization;

import dev.credmill.contracts.access.Role;
import dev.credmill.contracts.problem.Problem;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.registry.catalogue.Examples;
import dev.credmill.registry.catalogue.Page;
import dev.credmill.registry.catalogue.PageRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/v1/organizations")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.Name.PLATFORM_ADMIN)
@Tag(name = "Organizations", description = "The tenants; for the platform's admins")
class OrganizationResource {
  private static final String EXAMPLE =
      """
      {"id": "acme", "name": "Acme University", "publicUrl": "https://credentials.example.org",
       "did": "did:web:credentials.example.org:orgs:acme", "createdAt": "2026-11-22T09:00:00Z"}
      """;
  private final Organizations organizations;

  OrganizationResource(Organizations organizations) {
    this.organizations = organizations;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "createOrganization",
      summary = "Make an organization",
      description =
          "Its DID is made of its id and of the platform's public address, and is fixed from then on. Next, make its first API key with POST /v1/api-keys.")
  @APIResponse(
      responseCode = "201",
      description = "Made",
      content =
          @Content(
              schema = @Schema(implementation = Organization.class),
              examples = @ExampleObject(name = "made", value = EXAMPLE)))
  @APIResponse(
      responseCode = "409",
      description = "The id is taken",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = Problem.class),
              examples = @ExampleObject(name = "taken", value = Examples.ALREADY_EXISTS)))
  public Response create(@NotNull(message = "is missing") @Valid NewOrganization body) {
    Organization made = organizations.create(body);
    return Response.created(URI.create("/v1/organizations/" + made.id())).entity(made).build();
  }

  @GET
  @Operation(
      operationId = "listOrganizations",
      summary = "List the organizations",
      description = "All tenants, newest first.")
  @APIResponse(
      responseCode = "200",
      description = "A page of organizations",
      content =
          @Content(
              examples =
                  @ExampleObject(
                      name = "page",
                      value = "{\"items\": [" + EXAMPLE + "], \"next\": null}")))
  public Page<Organization> list(
      @Parameter(description = "How many at most: 1 to 200", example = "50") @QueryParam("limit")
          String limit,
      @Parameter(description = "The `next` of the page before") @QueryParam("cursor")
          String cursor) {
    return organizations.page(PageRequest.of(limit, cursor));
  }

  @GET
  @Path("/{id}")
  @Operation(
      operationId = "getOrganization",
      summary = "Show an organization",
      description = "One tenant with its DID.")
  @APIResponse(
      responseCode = "200",
      description = "The organization",
      content =
          @Content(
              schema = @Schema(implementation = Organization.class),
              examples = @ExampleObject(name = "organization", value = EXAMPLE)))
  @APIResponse(
      responseCode = "404",
      description = "There is none of that id",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = Problem.class),
              examples = @ExampleObject(name = "none", value = Examples.NOT_FOUND)))
  public Organization get(
      @Parameter(description = "The organization's slug", example = "acme") @PathParam("id")
          String id) {
    return organizations
        .named(id)
        .orElseThrow(() -> ProblemType.NOT_FOUND.because("There is no organization of that id"));
  }
}
