package dev.credmill.issuance.offer;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;

/**
 * The same metadata where drafts of OpenID4VCI had it, after the issuer's path: wallets built on
 * Sphereon's library look nowhere else, and guess the endpoints where they find nothing.
 */
@PermitAll
@Protocol
@Path("/orgs")
class DraftMetadataResource {
  private final MetadataResource metadata;

  DraftMetadataResource(MetadataResource metadata) {
    this.metadata = metadata;
  }

  @GET
  @Path("/{slug}/.well-known/openid-credential-issuer")
  @Operation(hidden = true)
  public Response credentialIssuer(@RestPath String slug, @Context Request request) {
    return metadata.credentialIssuer(slug, request);
  }

  @GET
  @Path("/{slug}/.well-known/oauth-authorization-server")
  @Operation(hidden = true)
  public Response authorizationServer(@RestPath String slug) {
    return metadata.authorizationServer(slug);
  }
}
