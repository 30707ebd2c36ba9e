package dev.credmill.registry.internal;

import dev.credmill.contracts.access.Caller;
import dev.credmill.contracts.access.Role;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.contracts.registry.CertificateTemplate;
import dev.credmill.contracts.registry.CredentialDefinition;
import dev.credmill.contracts.registry.DefinitionPage;
import dev.credmill.contracts.registry.Organization;
import dev.credmill.registry.apikey.StoredApiKeys;
import dev.credmill.registry.catalogue.Page;
import dev.credmill.registry.catalogue.PageRequest;
import dev.credmill.registry.definition.CredentialDefinitions;
import dev.credmill.registry.organization.Organizations;
import dev.credmill.registry.template.CertificateTemplates;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;

/**
 * What the other services ask ({@link dev.credmill.contracts.registry.RegistryClient}). Not part of
 * the API that people see, and never routed from outside.
 */
@Path("/internal")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.Name.SERVICE)
class InternalResource {
  private final StoredApiKeys keys;
  private final Organizations organizations;
  private final CredentialDefinitions definitions;
  private final CertificateTemplates templates;

  InternalResource(
      StoredApiKeys keys,
      Organizations organizations,
      CredentialDefinitions definitions,
      CertificateTemplates templates) {
    this.keys = keys;
    this.organizations = organizations;
    this.definitions = definitions;
    this.templates = templates;
  }

  @GET
  @Path("/api-keys/{hash}")
  @Operation(hidden = true)
  public Caller caller(@PathParam("hash") String hash) {
    return keys.callerOf(hash).orElseThrow(InternalResource::none);
  }

  @GET
  @Path("/organizations/{id}")
  @Operation(hidden = true)
  public Organization organization(@PathParam("id") String id) {
    return organizations
        .named(id)
        .map(dev.credmill.registry.organization.Organization::asOthersKnowIt)
        .orElseThrow(InternalResource::none);
  }

  @GET
  @Path("/credential-definitions/{id}")
  @Operation(hidden = true)
  public CredentialDefinition definition(@PathParam("id") String id) {
    return definitions
        .any(id)
        .map(dev.credmill.registry.definition.CredentialDefinition::asOthersKnowIt)
        .orElseThrow(InternalResource::none);
  }

  @GET
  @Path("/organizations/{id}/credential-definitions")
  @Operation(hidden = true)
  public DefinitionPage publishedDefinitions(
      @PathParam("id") String id, @RestQuery String limit, @RestQuery String cursor) {
    OrganizationId organization =
        organizations
            .named(id)
            .map(dev.credmill.registry.organization.Organization::asOthersKnowIt)
            .map(Organization::id)
            .orElseThrow(InternalResource::none);
    Page<dev.credmill.registry.definition.CredentialDefinition> page =
        definitions.publishedPage(organization, PageRequest.of(limit, cursor));
    return new DefinitionPage(
        page.items().stream()
            .map(dev.credmill.registry.definition.CredentialDefinition::asOthersKnowIt)
            .toList(),
        page.next());
  }

  @GET
  @Path("/certificate-templates/{id}")
  @Operation(hidden = true)
  public CertificateTemplate certificateTemplate(@PathParam("id") String id) {
    return templates
        .any(id)
        .map(dev.credmill.registry.template.CertificateTemplate::asOthersKnowIt)
        .orElseThrow(InternalResource::none);
  }

  private static ProblemException none() {
    return ProblemType.NOT_FOUND.because("The registry knows none of that id");
  }
}
