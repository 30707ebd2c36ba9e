package dev.credmill.batch;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Predicate;

/** The calls that tests make, as one API key. */
public record Api(String key) {
  public static final Api ACME = new Api("acme-admin-key");
  public static final Api ISSUER = new Api("acme-issuer-key");
  public static final Api OTHER_ISSUER = new Api("acme-other-key");
  public static final Api GLOBEX = new Api("globex-admin-key");
  public static final String HEADER = "First Name,Last Name,Email,Expiration,Degree,Hours\n";

  public RequestSpecification request() {
    return given().header("X-API-Key", key);
  }

  /** An upload of a sheet with these parts, as name and value by turns. */
  public Response upload(String sheet, String... parts) {
    return upload(sheet.getBytes(StandardCharsets.UTF_8), parts);
  }

  public Response upload(byte[] sheet, String... parts) {
    RequestSpecification request = request().multiPart("file", "diplomas.csv", sheet, "text/csv");
    for (int i = 0; i < parts.length; i += 2) {
      request.multiPart(parts[i], parts[i + 1]);
    }
    return request.post("/v1/batches");
  }

  public String accepted(String sheet, String... parts) {
    return upload(sheet, parts).then().statusCode(202).extract().path("id");
  }

  public JsonPath batch(String id) {
    return request().get("/v1/batches/" + id).then().statusCode(200).extract().jsonPath();
  }

  public JsonPath get(String path) {
    return request().get(path).then().statusCode(200).extract().jsonPath();
  }

  public JsonPath untilBatch(String id, Predicate<JsonPath> condition) {
    return await().atMost(Duration.ofSeconds(60)).until(() -> batch(id), condition);
  }

  public JsonPath untilStatus(String id, String status) {
    return untilBatch(id, batch -> status.equals(batch.getString("status")));
  }

  /** A sheet of that many valid rows. */
  public static String sheet(int rows) {
    StringBuilder sheet = new StringBuilder(HEADER);
    for (int i = 0; i < rows; i++) {
      sheet.append("Ada,Example %d,ada%d@example.org,,BSc,10\n".formatted(i, i));
    }
    return sheet.toString();
  }
}
