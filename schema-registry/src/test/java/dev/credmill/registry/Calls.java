package dev.credmill.registry;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;

/** Requests as the callers of the ready organizations send them. */
public final class Calls {
  private Calls() {}

  public static RequestSpecification acmeAdmin() {
    return by("acme-admin-key");
  }

  public static RequestSpecification acmeIssuer() {
    return by("acme-issuer-key");
  }

  public static RequestSpecification globexAdmin() {
    return by("globex-admin-key");
  }

  public static RequestSpecification platformAdmin() {
    return by("platform-admin-key");
  }

  public static RequestSpecification service() {
    return given().header("Authorization", "Bearer a-token-for-tests-only");
  }

  public static RequestSpecification by(String key) {
    return given().header("X-API-Key", key).contentType(ContentType.JSON);
  }

  /** An id that no other test has. */
  public static String fresh(String head) {
    return head + "-" + UUID.randomUUID().toString().substring(0, 13);
  }
}
