package dev.credmill.issuance.page;

import jakarta.ws.rs.core.Response.ResponseBuilder;

/** What every answer under a secret link carries: it is personal, and shows values of strangers. */
public final class PublicResponse {
  private PublicResponse() {}

  public static ResponseBuilder guarded(ResponseBuilder response, String contentSecurityPolicy) {
    return response
        .header("Content-Security-Policy", contentSecurityPolicy)
        .header("X-Content-Type-Options", "nosniff")
        .header("X-Frame-Options", "DENY")
        .header("Referrer-Policy", "no-referrer")
        .header("X-Robots-Tag", "noindex, nofollow, noarchive")
        .header("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        .header("Cross-Origin-Opener-Policy", "same-origin");
  }
}
