package dev.credmill.issuance.offer;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;

/** The headers of the protocol. */
@Provider
@Protocol
class ProtocolResponses implements ContainerResponseFilter {
  /** Every origin may call: what counts is the code or the token, and no cookie adds to it. */
  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    MultivaluedMap<String, Object> headers = response.getHeaders();
    headers.putSingle("Access-Control-Allow-Origin", "*");
    headers.putSingle("Access-Control-Expose-Headers", "WWW-Authenticate, Retry-After");
    headers.putSingle("X-Content-Type-Options", "nosniff");
    if (!headers.containsKey(HttpHeaders.CACHE_CONTROL)) {
      headers.putSingle(HttpHeaders.CACHE_CONTROL, "no-store");
    }
  }

  /** The answer to what a browser asks before it sends a wallet's request. */
  static Response preflight() {
    return Response.noContent()
        .header("Access-Control-Allow-Methods", "POST, OPTIONS")
        .header("Access-Control-Allow-Headers", "Authorization, Content-Type, Accept")
        .header("Access-Control-Max-Age", "86400")
        .build();
  }
}
