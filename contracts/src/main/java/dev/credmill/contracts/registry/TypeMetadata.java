package dev.credmill.contracts.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/**
 * The type metadata of a definition's SD-JWT VCs (draft-ietf-oauth-sd-jwt-vc, section 6): what a
 * wallet calls the credential and its claims, and which of them a holder can hold back.
 *
 * <p>It stands here since two processes must say the same: the registry publishes it, and who signs
 * puts its hash into every credential. It never changes: the registry keeps the text of what it
 * published.
 *
 * @param url the {@code vct}
 * @param json its exact text
 */
public record TypeMetadata(String url, String json) {
  /** As definitions name the format. */
  public static final String FORMAT = "dc+sd-jwt";

  private static final String PATH = "/vct/";

  /**
   * The certificate as a template for wallets.
   *
   * @param integrity what it hashes to, as {@link #integrity}
   */
  public record Picture(String url, String integrity, boolean landscape) {}

  /** Of a definition that was published before there were pictures. */
  public static TypeMetadata of(CredentialDefinition definition, String publicUrl) {
    return of(definition, publicUrl, null);
  }

  /**
   * @param picture null where there is none
   */
  public static TypeMetadata of(
      CredentialDefinition definition, String publicUrl, Picture picture) {
    String url = url(publicUrl, definition.id());
    ObjectNode type = JsonNodeFactory.instance.objectNode();
    type.put("vct", url);
    type.put("name", definition.name());
    if (definition.description() != null) {
      type.put("description", definition.description());
    }
    display(type.putArray("display"), definition, picture);
    ArrayNode claims = type.putArray("claims");
    for (Map.Entry<String, JsonNode> claim :
        definition.claimsSchema().path("properties").properties()) {
      claim(claims.addObject(), claim.getKey(), claim.getValue(), definition, picture);
    }
    return new TypeMetadata(url, type.toString());
  }

  public static String url(String publicUrl, String definitionId) {
    return publicUrl + PATH + definitionId;
  }

  public static String pictureUrl(String publicUrl, String definitionId) {
    return url(publicUrl, definitionId) + "/certificate.svg";
  }

  /** {@code vct#integrity}: what the text must hash to (W3C Subresource Integrity). */
  public String integrity() {
    return integrity(json);
  }

  /** What a text hashes to, in UTF-8 (W3C Subresource Integrity). */
  public static String integrity(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static void display(
      ArrayNode displays, CredentialDefinition definition, Picture picture) {
    CredentialDefinition.Display display = definition.display();
    ObjectNode one = displays.addObject();
    one.put("locale", locale(definition));
    one.put("name", display == null ? definition.name() : display.title());
    if (display != null && display.description() != null) {
      one.put("description", display.description());
    }
    if (picture == null) {
      return;
    }
    ObjectNode rendering = one.putObject("rendering");
    if (display != null && display.hasLooks()) {
      ObjectNode simple = rendering.putObject("simple");
      if (display.logo() != null) {
        simple.putObject("logo").put("uri", display.logo());
      }
      if (display.backgroundColor() != null) {
        simple.put("background_color", display.backgroundColor());
      }
      if (display.textColor() != null) {
        simple.put("text_color", display.textColor());
      }
    }
    rendering
        .putArray("svg_templates")
        .addObject()
        .put("uri", picture.url())
        .put("uri#integrity", picture.integrity())
        .putObject("properties")
        .put("orientation", picture.landscape() ? "landscape" : "portrait");
  }

  private static void claim(
      ObjectNode claim,
      String name,
      JsonNode schema,
      CredentialDefinition definition,
      Picture picture) {
    claim.putArray("path").add(name);
    claim
        .putArray("display")
        .addObject()
        .put("locale", locale(definition))
        .put("label", schema.path("title").asText(name));
    claim.put("sd", definition.alwaysDisclosed().contains(name) ? "never" : "always");
    if (picture != null) {
      // The names of claims are what the draft allows here: letters, digits and underscores.
      claim.put("svg_id", name);
    }
  }

  private static String locale(CredentialDefinition definition) {
    return definition.display() == null || definition.display().locale() == null
        ? "en"
        : definition.display().locale();
  }
}
