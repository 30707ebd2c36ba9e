package dev.credmill.issuance.offer;

import static dev.credmill.issuance.RegistryTestResource.DEGREE;
import static dev.credmill.issuance.RegistryTestResource.DIPLOMA;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import com.nimbusds.jose.JWSObject;
import dev.credmill.backing.BackingTestResource;
import dev.credmill.contracts.event.ClaimAccess;
import dev.credmill.contracts.event.CredentialOutcome.Issued;
import dev.credmill.contracts.registry.CredentialDefinition;
import dev.credmill.issuance.RegistryTestResource;
import dev.credmill.issuance.page.Issuing;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From the claim link to the token, and what a wallet finds on its way. */
@QuarkusTest
@WithTestResource(BackingTestResource.class)
@WithTestResource(RegistryTestResource.class)
class OfferIT {
  private static final Instant FROM = Instant.parse("2026-06-01T10:00:00Z");
  private static final Instant UNTIL = Instant.parse("2099-06-01T23:59:59Z");
  private static final Instant OVER = Instant.parse("2026-06-02T23:59:59Z");
  private static final String CLAIMS = "{\"fullName\":\"Zoë Ångström\",\"course\":\"First aid\"}";
  private static final String FORGED = "AY3kq0o2Zz8mVb1tQx7Jr5nUe9sLwCfDhGpT";
  @Inject Issuing issuing;
  @Inject OffersOfTests stored;

  @Test
  void openingTheLinkShowsAButtonAndUsesNothingUp() {
    // Given
    String token = claimToken(DEGREE);
    int before = stored.stored().size();
    // When
    Response page = given().accept("text/html,*/*;q=0.8").get("/claim/" + token);
    given().head("/claim/" + token).then().statusCode(200);
    // Then
    page.then()
        .statusCode(200)
        .contentType("text/html;charset=UTF-8")
        .body(containsString("Add to my wallet"))
        .body(containsString("Acme University"))
        .body(not(containsString("Zoë")))
        .body(not(containsString("<script")))
        .body(not(containsString("openid-credential-offer")))
        .header("Content-Security-Policy", containsString("form-action 'self'"))
        .header("Content-Security-Policy", containsString("default-src 'none'"))
        .header("Referrer-Policy", "no-referrer")
        .header("X-Robots-Tag", containsString("noindex"))
        .header("Cache-Control", "no-store");
    given()
        .accept("application/json")
        .get("/claim/" + token)
        .then()
        .statusCode(200)
        .body("claimable", equalTo(true))
        .body("asksForDigits", equalTo(false))
        .body("title", equalTo("Your credential"))
        .body("formats", contains("dc+sd-jwt", "vc+jwt", "eddsa-rdfc-2022", "eddsa-jcs-2022"));
    assertThat(stored.stored()).hasSize(before);
  }

  @Test
  void nothingThatOpensAnythingIsStored() {
    // Given
    Issued issued = issuing.issue(DEGREE, FROM, UNTIL, CLAIMS, ClaimAccess.LINK_AND_CODE);
    JsonPath made = Wallet.offer(issued.claimToken());
    String code = Wallet.code(made);
    // When
    String token =
        Wallet.token(
                Map.of(
                    "grant_type",
                    Wallet.GRANT,
                    "pre-authorized_code",
                    code,
                    "tx_code",
                    issued.claimCode()))
            .path("access_token");
    // Then
    String reference = made.getString("offerUri").replaceAll(".*/", "");
    assertThat(String.join("\n", stored.stored()))
        .isNotEmpty()
        .doesNotContain(code, token, reference, issued.claimToken(), issued.claimCode());
  }

  @Test
  void theButtonGivesQrCodeAndDeepLinkByReferenceAndByValue() {
    // Given
    String token = claimToken(DEGREE);
    // When
    Response page = given().accept("text/html").post("/claim/" + token);
    // Then
    page.then()
        .statusCode(200)
        .contentType("text/html;charset=UTF-8")
        .body(containsString("<svg class=\"qr large\""))
        .body(not(containsString("<script")))
        .header("Cache-Control", "no-store");
    List<String> links =
        Pattern.compile("href=\"(openid-credential-offer://[^\"]*)")
            .matcher(page.asString())
            .results()
            .map(link -> link.group(1).replace("&amp;", "&"))
            .toList();
    assertThat(links).hasSize(2);
    String reference = parameter(links.getFirst(), "credential_offer_uri");
    String byReference =
        given().get(Wallet.path(reference)).then().statusCode(200).extract().asString();
    String byValue = parameter(links.get(1), "credential_offer");
    assertThat(JsonPath.from(byReference).getMap("$"))
        .isEqualTo(JsonPath.from(byValue).getMap("$"));
  }

  @Test
  void anOfferNamesTheIssuerAndTheFormThatWalletsLikeBest() {
    // When
    JsonPath made = Wallet.offer(claimToken(DEGREE));
    // Then
    assertThat(made.getString("offer.credential_issuer")).isEqualTo(Wallet.ACME);
    assertThat(made.getList("offer.credential_configuration_ids"))
        .containsExactly("degree-1.sd-jwt");
    assertThat(made.getMap("offer.grants['" + Wallet.GRANT + "']"))
        .containsOnlyKeys("pre-authorized_code");
    assertThat(made.getString("deepLink")).doesNotContain("+").contains("credential_offer_uri=");
  }

  @Test
  void otherFormsCanBeChosen() {
    // Given
    String token = claimToken(DEGREE);
    // Then
    assertThat(
            Wallet.offer(token, "vc+jwt", "eddsa-rdfc-2022")
                .getList("offer.credential_configuration_ids"))
        .containsExactly("degree-1.jwt", "degree-1.eddsa-rdfc-2022");
    assertThat(Wallet.offer(token, "all").getList("offer.credential_configuration_ids")).hasSize(4);
    Wallet.claim(claimToken(DIPLOMA), "dc+sd-jwt")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("detail", containsString("vc+jwt"));
  }

  @Test
  void gettingAnOfferUsesNothingUpUntilItsCodeIsRedeemed() {
    // Given
    JsonPath made = Wallet.offer(claimToken(DEGREE));
    String path = Wallet.path(made.getString("offerUri"));
    // When
    for (int i = 0; i < 3; i++) {
      given()
          .get(path)
          .then()
          .statusCode(200)
          .contentType("application/json")
          .header("Cache-Control", "no-store")
          .header("Access-Control-Allow-Origin", "*");
    }
    Wallet.accessToken(made);
    // Then
    given().get(path).then().statusCode(404);
    given().get(path.replace("/acme/", "/globex/")).then().statusCode(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {FORGED, "x", "%00", "..%2F..%2Fetc"})
  void whatIsNoClaimLinkIsToldNothing(String token) {
    given()
        .urlEncodingEnabled(false)
        .accept("text/html")
        .get("/claim/" + token)
        .then()
        .statusCode(404);
    given()
        .urlEncodingEnabled(false)
        .accept("application/json")
        .post("/claim/" + token)
        .then()
        .statusCode(404)
        .contentType("application/problem+json");
  }

  @Test
  void theCredUrlNeverLeadsToAnOffer() {
    // Given
    Issued issued = issuing.issue(DEGREE, FROM, UNTIL, CLAIMS, ClaimAccess.LINK);
    // Then
    Wallet.claim(issued.linkToken()).then().statusCode(404);
    given().get("/c/" + issued.claimToken()).then().statusCode(404);
  }

  @Test
  void whatHasExpiredIsNotOffered() {
    // Given
    String token = issuing.issue(DEGREE, FROM, OVER, CLAIMS, ClaimAccess.LINK).claimToken();
    // Then
    Wallet.claim(token).then().statusCode(409);
    given()
        .accept("text/html")
        .get("/claim/" + token)
        .then()
        .statusCode(200)
        .body(containsString("expired"))
        .body(not(containsString("<button")));
  }

  @Test
  void whatWasRevokedIsNotOffered() {
    // Given
    Issued issued = issuing.issue(DEGREE, FROM, UNTIL, CLAIMS, ClaimAccess.LINK);
    // When
    stored.revoke(issued);
    // Then
    Wallet.claim(issued.claimToken())
        .then()
        .statusCode(409)
        .body("detail", containsString("revoked"));
  }

  @Test
  void aNewerOfferTakesThePlaceOfTheOneBefore() {
    // Given
    String token = claimToken(DEGREE);
    JsonPath first = Wallet.offer(token);
    // When
    JsonPath second = Wallet.offer(token);
    // Then
    assertInvalid(Wallet.redeem(Wallet.code(first)), "invalid_grant");
    Wallet.redeem(Wallet.code(second)).then().statusCode(200);
  }

  @Test
  void aCodeGivesOneTokenAndASecondTryEndsIt() {
    // Given
    JsonPath made = Wallet.offer(claimToken(DEGREE));
    String code = Wallet.code(made);
    // When
    Response first = Wallet.redeem(code);
    // Then
    first
        .then()
        .statusCode(200)
        .header("Cache-Control", "no-store")
        .header("Access-Control-Allow-Origin", "*")
        .body("token_type", equalTo("Bearer"))
        .body("expires_in", equalTo(300))
        .body("$", not(hasKey("authorization_details")))
        .body("$", not(hasKey("c_nonce")));
    notification(first.path("access_token"), "{}").then().statusCode(400);
    assertInvalid(Wallet.redeem(code), "invalid_grant");
    notification(first.path("access_token"), "{}").then().statusCode(401);
  }

  @Test
  void anExpiredCodeGivesNoToken() {
    // Given
    JsonPath made = Wallet.offer(claimToken(DEGREE));
    // When
    stored.expire(made);
    // Then
    assertInvalid(Wallet.redeem(Wallet.code(made)), "invalid_grant");
    given().get(Wallet.path(made.getString("offerUri"))).then().statusCode(404);
  }

  @Test
  void anExpiredTokenOpensNothing() {
    // Given
    JsonPath made = Wallet.offer(claimToken(DEGREE));
    String token = Wallet.accessToken(made);
    // When
    stored.expire(made);
    // Then
    notification(token, "{}")
        .then()
        .statusCode(401)
        .header("WWW-Authenticate", containsString("error=\"invalid_token\""));
  }

  @Test
  void theErrorsOfTheTokenEndpointAreThoseOfTheStandard() {
    // Given
    JsonPath made = Wallet.offer(claimToken(DEGREE));
    Map<String, String> good =
        Map.of("grant_type", Wallet.GRANT, "pre-authorized_code", Wallet.code(made));
    // Then
    assertInvalid(Wallet.token(without(good, "grant_type")), "invalid_request");
    assertInvalid(Wallet.token(without(good, "pre-authorized_code")), "invalid_request");
    assertInvalid(
        Wallet.token(with(good, "grant_type", "authorization_code")), "unsupported_grant_type");
    assertInvalid(Wallet.token(with(good, "pre-authorized_code", "made-up")), "invalid_grant");
    assertInvalid(Wallet.token(with(good, "tx_code", "123456")), "invalid_request");
    assertInvalid(
        given().contentType("application/json").body(good).post("/orgs/acme/token"),
        "invalid_request");
    assertInvalid(
        given()
            .contentType("application/x-www-form-urlencoded")
            .body("grant_type=a&grant_type=b")
            .post("/orgs/acme/token"),
        "invalid_request");
    assertInvalid(
        given()
            .contentType("application/x-www-form-urlencoded")
            .formParams(good)
            .post("/orgs/globex/token"),
        "invalid_grant");
    given()
        .contentType("application/x-www-form-urlencoded")
        .formParams(good)
        .post("/orgs/nobody/token")
        .then()
        .statusCode(404);
    Wallet.token(with(good, "client_id", "some-wallet")).then().statusCode(200);
  }

  @Test
  void identifiersAreGivenWhereTheyAreAskedFor() {
    // Given
    JsonPath made = Wallet.offer(claimToken(DEGREE), "all");
    Map<String, String> good =
        Map.of("grant_type", Wallet.GRANT, "pre-authorized_code", Wallet.code(made));
    // Then
    assertInvalid(Wallet.token(with(good, "authorization_details", "{")), "invalid_request");
    assertInvalid(
        Wallet.token(with(good, "authorization_details", "[]")), "invalid_authorization_details");
    assertInvalid(
        Wallet.token(
            with(
                good,
                "authorization_details",
                "[{\"type\":\"openid_credential\",\"credential_configuration_id\":\"diploma-1.jwt\"}]")),
        "invalid_authorization_details");
    Wallet.token(
            with(
                good,
                "authorization_details",
                "[{\"type\":\"openid_credential\",\"credential_configuration_id\":\"degree-1.jwt\"}]"))
        .then()
        .statusCode(200)
        .body("authorization_details.credential_configuration_id", contains("degree-1.jwt"))
        .body("authorization_details[0].credential_identifiers[0]", not(nullValue()));
  }

  @Test
  void digitsAreAskedForWhereTheLinkSaysSo() {
    // Given
    Issued issued = issuing.issue(DEGREE, FROM, UNTIL, CLAIMS, ClaimAccess.LINK_AND_CODE);
    // When
    JsonPath made = Wallet.offer(issued.claimToken());
    // Then
    String txCode = "offer.grants['" + Wallet.GRANT + "'].tx_code";
    assertThat(made.getString(txCode + ".input_mode")).isEqualTo("numeric");
    assertThat(made.getInt(txCode + ".length")).isEqualTo(6);
    assertThat(made.getString(txCode + ".description")).hasSizeLessThanOrEqualTo(300);
    assertThat(made.getString("offer")).doesNotContain(issued.claimCode());
    assertInvalid(Wallet.redeem(Wallet.code(made)), "invalid_request");
    Map<String, String> good =
        Map.of("grant_type", Wallet.GRANT, "pre-authorized_code", Wallet.code(made));
    assertInvalid(Wallet.token(with(good, "tx_code", wrong(issued))), "invalid_grant");
    Wallet.token(with(good, "tx_code", issued.claimCode())).then().statusCode(200);
  }

  @Test
  void afterFiveWrongDigitsTheOfferIsOverAndAfterTwentyTheDayIs() {
    // Given
    Issued issued = issuing.issue(DEGREE, FROM, UNTIL, CLAIMS, ClaimAccess.LINK_AND_CODE);
    for (int offer = 0; offer < 4; offer++) {
      Map<String, String> form =
          Map.of(
              "grant_type",
              Wallet.GRANT,
              "pre-authorized_code",
              Wallet.code(Wallet.offer(issued.claimToken())));
      // When
      for (int attempt = 0; attempt < 5; attempt++) {
        assertInvalid(Wallet.token(with(form, "tx_code", wrong(issued))), "invalid_grant");
      }
      // Then
      assertInvalid(Wallet.token(with(form, "tx_code", issued.claimCode())), "invalid_grant");
    }
    Wallet.claim(issued.claimToken())
        .then()
        .statusCode(429)
        .contentType("application/problem+json");
  }

  /** Wallets of drafts put the well-known part behind the issuer's path. */
  @ParameterizedTest
  @ValueSource(strings = {"openid-credential-issuer", "oauth-authorization-server"})
  void theMetadataIsAlsoWhereDraftsHadIt(String name) {
    // When
    Response drafted = given().get("/orgs/acme/.well-known/" + name);
    // Then
    drafted.then().statusCode(200).contentType("application/json");
    assertThat(drafted.asString())
        .isEqualTo(given().get("/.well-known/" + name + "/orgs/acme").asString());
    given().get("/orgs/nobody/.well-known/" + name).then().statusCode(404);
  }

  @Test
  void theMetadataHasEveryPublishedDefinitionInEveryForm() {
    // When
    Response metadata = given().get("/.well-known/openid-credential-issuer/orgs/acme");
    // Then
    metadata
        .then()
        .statusCode(200)
        .contentType("application/json")
        .header("Access-Control-Allow-Origin", "*")
        .body("credential_issuer", equalTo(Wallet.ACME))
        .body("credential_endpoint", equalTo(Wallet.ACME + "/credential"))
        .body("nonce_endpoint", equalTo(Wallet.ACME + "/nonce"))
        .body("notification_endpoint", equalTo(Wallet.ACME + "/notification"))
        .body("batch_credential_issuance.batch_size", equalTo(4))
        .body("display[0].name", equalTo("Acme University"));
    Map<String, Map<String, Object>> configurations =
        metadata.path("credential_configurations_supported");
    assertThat(configurations)
        .containsKeys(
            "degree-1.sd-jwt",
            "degree-1.jwt",
            "degree-1.eddsa-rdfc-2022",
            "degree-1.eddsa-jcs-2022",
            "diploma-1.jwt")
        .doesNotContainKeys("draft-1.jwt", "membership-1.jwt", "diploma-1.sd-jwt");
    assertThat(configurations.values())
        .allSatisfy(
            one ->
                assertThat(one)
                    .containsKeys(
                        "scope",
                        "credential_metadata",
                        "cryptographic_binding_methods_supported",
                        "proof_types_supported"));
    JsonPath read = metadata.jsonPath();
    String sdJwt = "credential_configurations_supported['degree-1.sd-jwt']";
    assertThat(read.getString(sdJwt + ".format")).isEqualTo("dc+sd-jwt");
    assertThat(read.getList(sdJwt + ".cryptographic_binding_methods_supported"))
        .containsExactly("jwk");
    assertThat(read.getString(sdJwt + ".vct")).isEqualTo("https://issuer.example/vct/degree-1");
    assertThat(read.getList(sdJwt + ".credential_metadata.claims[0].path"))
        .containsExactly("fullName");
    String jwt = "credential_configurations_supported['degree-1.jwt']";
    assertThat(read.getString(jwt + ".format")).isEqualTo("jwt_vc_json");
    assertThat(read.getList(jwt + ".cryptographic_binding_methods_supported"))
        .containsExactly("jwk", "did:jwk", "did:key");
    assertThat(read.getList(jwt + ".credential_definition.type"))
        .containsExactly("VerifiableCredential", "DegreeCredential");
    assertThat(read.getList(jwt + ".credential_metadata.claims[0].path"))
        .containsExactly("credentialSubject", "fullName");
    String ldp = "credential_configurations_supported['degree-1.eddsa-rdfc-2022']";
    assertThat(read.getString(ldp + ".format")).isEqualTo("ldp_vc");
    assertThat(read.getList(ldp + ".credential_definition.'@context'"))
        .containsExactly(
            "https://www.w3.org/ns/credentials/v2", "https://issuer.example/contexts/degree-1");
  }

  @Test
  void theMetadataCanBeHadSigned() throws Exception {
    // When
    Response signed =
        given().accept("application/jwt").get("/.well-known/openid-credential-issuer/orgs/acme");
    // Then
    signed.then().statusCode(200).contentType("application/jwt");
    JWSObject jwt = JWSObject.parse(signed.asString());
    assertThat(jwt.getHeader().getType().getType()).isEqualTo("openidvci-issuer-metadata+jwt");
    assertThat(jwt.getHeader().getKeyID()).startsWith("did:web:issuer.example:orgs:acme#");
    assertThat(jwt.getPayload().toJSONObject())
        .containsEntry("sub", Wallet.ACME)
        .containsEntry("credential_issuer", Wallet.ACME)
        .containsKeys("iat", "credential_configurations_supported");
  }

  @Test
  void theAuthorizationServerTakesAnonymousWallets() {
    given()
        .get("/.well-known/oauth-authorization-server/orgs/acme")
        .then()
        .statusCode(200)
        .body("issuer", equalTo(Wallet.ACME))
        .body("token_endpoint", equalTo(Wallet.ACME + "/token"))
        .body("grant_types_supported", contains(Wallet.GRANT))
        .body("'pre-authorized_grant_anonymous_access_supported'", equalTo(true));
    given().get("/.well-known/oauth-authorization-server/orgs/nobody").then().statusCode(404);
    given().get("/.well-known/openid-credential-issuer/orgs/No%20Such").then().statusCode(404);
  }

  @Test
  void nobodyNeedsATokenForANonce() {
    given()
        .post("/orgs/acme/nonce")
        .then()
        .statusCode(200)
        .header("Cache-Control", "no-store")
        .body("c_nonce", not(equalTo(Wallet.nonce())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"token", "nonce", "credential", "notification"})
  void walletsInBrowsersMayCall(String endpoint) {
    given()
        .header("Origin", "https://wallet.example")
        .header("Access-Control-Request-Method", "POST")
        .options("/orgs/acme/" + endpoint)
        .then()
        .statusCode(204)
        .header("Access-Control-Allow-Origin", "*")
        .header("Access-Control-Allow-Headers", containsString("Authorization"));
  }

  private String claimToken(CredentialDefinition definition) {
    return issuing.issue(definition, FROM, UNTIL, CLAIMS, ClaimAccess.LINK).claimToken();
  }

  private static String wrong(Issued issued) {
    return issued.claimCode().equals("000000") ? "000001" : "000000";
  }

  private static Response notification(String token, String body) {
    return given()
        .header("Authorization", "Bearer " + token)
        .contentType("application/json")
        .body(body)
        .post("/orgs/acme/notification");
  }

  private static String parameter(String link, String name) {
    String query = URI.create(link).getRawQuery();
    assertThat(query).startsWith(name + "=");
    return URLDecoder.decode(query.substring(name.length() + 1), StandardCharsets.UTF_8);
  }

  static void assertInvalid(Response response, String error) {
    response
        .then()
        .statusCode(400)
        .contentType("application/json")
        .header("Cache-Control", "no-store")
        .body("error", equalTo(error));
    assertThat(response.<String>path("error_description"))
        .matches("[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]+");
  }

  private static Map<String, String> with(Map<String, String> form, String name, String value) {
    Map<String, String> changed = new HashMap<>(form);
    changed.put(name, value);
    return changed;
  }

  private static Map<String, String> without(Map<String, String> form, String name) {
    Map<String, String> changed = new HashMap<>(form);
    changed.remove(name);
    return changed;
  }
}
