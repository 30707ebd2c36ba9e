package dev.credmill.issuance.offer;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Where the errors of the protocol become answers. */
class ProtocolErrors {
  private static final int UNAUTHORIZED = 401;

  @ServerExceptionMapper
  Response error(ProtocolError e) {
    Response.ResponseBuilder response =
        Response.status(e.status()).header(HttpHeaders.CACHE_CONTROL, "no-store");
    if (e.body().error() != null) {
      response.type(MediaType.APPLICATION_JSON_TYPE).entity(e.body());
    }
    if (e.status() == UNAUTHORIZED) {
      response.header(
          HttpHeaders.WWW_AUTHENTICATE,
          e.body().error() == null
              ? "Bearer"
              : "Bearer error=\"%s\", error_description=\"%s\""
                  .formatted(e.body().error(), e.body().description()));
    }
    return response.build();
  }
}
