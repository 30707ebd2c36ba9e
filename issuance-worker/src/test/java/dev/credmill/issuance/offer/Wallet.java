package dev.credmill.issuance.offer;

import static io.restassured.RestAssured.given;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A wallet as OpenID4VCI 1.0 has it, over HTTP; it can also be told to do what a wallet must not.
 */
final class Wallet {
  static final String GRANT = "urn:ietf:params:oauth:grant-type:pre-authorized_code";
  static final String ACME = "https://issuer.example/orgs/acme";
  private static final String HOST = "https://issuer.example";
  final ECKey key;

  Wallet() {
    try {
      key = new ECKeyGenerator(Curve.P_256).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A recipient presses the button. */
  static JsonPath offer(String claimToken, String... formats) {
    return claim(claimToken, formats).then().statusCode(200).extract().jsonPath();
  }

  static Response claim(String claimToken, String... formats) {
    RequestSpecification request =
        given().accept("application/json").contentType("application/x-www-form-urlencoded");
    return (formats.length == 0 ? request : request.formParam("format", List.of(formats)))
        .post("/claim/" + claimToken);
  }

  static String code(JsonPath offer) {
    return offer.getString("offer.grants['" + GRANT + "']['pre-authorized_code']");
  }

  static Response token(Map<String, String> form) {
    return given()
        .contentType("application/x-www-form-urlencoded")
        .formParams(form)
        .post("/orgs/acme/token");
  }

  static Response redeem(String code) {
    return token(Map.of("grant_type", GRANT, "pre-authorized_code", code));
  }

  static String accessToken(JsonPath offer) {
    return redeem(code(offer)).then().statusCode(200).extract().path("access_token");
  }

  static String nonce() {
    return given().post("/orgs/acme/nonce").then().statusCode(200).extract().path("c_nonce");
  }

  /** The path of one of the issuer's addresses, at the server of the test. */
  static String path(String address) {
    return address.substring(HOST.length());
  }

  String proof(String nonce) {
    return proof(nonce, header -> header, claims -> claims);
  }

  String proof(
      String nonce,
      UnaryOperator<JWSHeader.Builder> header,
      UnaryOperator<JWTClaimsSet.Builder> claims) {
    JWSHeader.Builder plainHeader =
        new JWSHeader.Builder(JWSAlgorithm.ES256)
            .type(new JOSEObjectType("openid4vci-proof+jwt"))
            .jwk(key.toPublicJWK());
    JWTClaimsSet.Builder plainClaims =
        new JWTClaimsSet.Builder()
            .audience(ACME)
            .issueTime(Date.from(Instant.now()))
            .claim("nonce", nonce);
    SignedJWT jwt =
        new SignedJWT(header.apply(plainHeader).build(), claims.apply(plainClaims).build());
    try {
      jwt.sign(new ECDSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    return jwt.serialize();
  }

  static Response credential(String accessToken, Object body) {
    return given()
        .header("Authorization", "Bearer " + accessToken)
        .contentType("application/json")
        .body(body)
        .post("/orgs/acme/credential");
  }

  static Map<String, Object> request(String configuration, String... proofs) {
    return Map.of(
        "credential_configuration_id", configuration, "proofs", Map.of("jwt", List.of(proofs)));
  }
}
