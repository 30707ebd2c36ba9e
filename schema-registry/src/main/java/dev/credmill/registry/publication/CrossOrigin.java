package dev.credmill.registry.publication;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;

/**
 * Lets verifiers that run in a browser read public documents, and keep them for ever. Bound to
 * those paths only: the server may be shared with paths that no other web page shall call.
 */
@Provider
@PublicDocument
class CrossOrigin implements ContainerResponseFilter {
  static final String FOR_EVER = "public, max-age=31536000, immutable";

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    MultivaluedMap<String, Object> headers = response.getHeaders();
    headers.putSingle("Access-Control-Allow-Origin", "*");
    headers.putSingle("Access-Control-Expose-Headers", "ETag");
    headers.putSingle("X-Content-Type-Options", "nosniff");
    // A draft that is published in a minute must not stay unknown for a year.
    headers.putSingle(
        HttpHeaders.CACHE_CONTROL, response.getStatus() == 200 ? FOR_EVER : "no-store");
    if ("OPTIONS".equals(request.getMethod())) {
      headers.putSingle("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS");
      headers.putSingle("Access-Control-Allow-Headers", "Accept, Content-Type, If-None-Match");
      headers.putSingle("Access-Control-Max-Age", "86400");
    }
  }
}
