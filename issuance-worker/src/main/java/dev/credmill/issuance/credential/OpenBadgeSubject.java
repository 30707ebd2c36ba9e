package dev.credmill.issuance.credential;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.contracts.registry.CredentialDefinition;
import dev.credmill.contracts.registry.DefinitionContext;
import dev.credmill.contracts.registry.OpenBadge;
import dev.credmill.contracts.registry.Organization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * What stands before the claims in the subject of an Open Badge 3.0 (AchievementSubject): the
 * achievement, and by name whose it is. Who claims the badge into a wallet gets a copy that has the
 * holder's identifier, too.
 */
final class OpenBadgeSubject {
  static final String CONTEXT = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";

  /** No claim has one of these names. */
  static final Set<String> MEMBERS = Set.of("type", "achievement", "identifier");

  private static final JsonFactory JSON = new JsonFactory();
  private final byte[] beforeName;
  private final byte[] afterName = utf8("}],");

  private OpenBadgeSubject(byte[] beforeName) {
    this.beforeName = beforeName;
  }

  /** Empty where the definition's credentials are no Open Badges. */
  static Optional<OpenBadgeSubject> of(Organization organization, CredentialDefinition definition) {
    if (definition.openBadge() == null) {
      return Optional.empty();
    }
    String achievement =
        achievement(
                definition.openBadge(),
                DefinitionContext.url(organization.publicUrl(), definition.id()) + "#achievement",
                definition)
            .toString();
    return Optional.of(
        new OpenBadgeSubject(
            utf8(
                "\"type\":[\"AchievementSubject\"],\"achievement\":"
                    + achievement
                    + ",\"identifier\":[{\"type\":\"IdentityObject\",\"hashed\":false,\"identityType\":\"name\",\"identityHash\":")));
  }

  /** Writes all of the subject up to the first claim. */
  void fill(Bytes out, ClaimsReader.Claims claims) {
    out.append(beforeName);
    out.append(utf8(TextNode.valueOf(name(claims)).toString()));
    out.append(afterName);
  }

  private static ObjectNode achievement(
      OpenBadge badge, String id, CredentialDefinition definition) {
    ObjectNode achievement = JsonNodeFactory.instance.objectNode();
    achievement.put("id", id);
    achievement.putArray("type").add("Achievement");
    achievement.put("name", definition.name());
    achievement.put("description", definition.description());
    if (badge.achievementType() != null) {
      achievement.put("achievementType", badge.achievementType());
    }
    achievement.putObject("criteria").put("narrative", badge.criteria());
    if (badge.image() != null) {
      achievement.putObject("image").put("id", badge.image()).put("type", "Image");
    }
    return achievement;
  }

  /**
   * @throws ProblemException where nobody is named
   */
  private static String name(ClaimsReader.Claims claims) {
    byte[] object = new byte[claims.length() + 2];
    System.arraycopy(claims.utf8(), claims.start(), object, 1, claims.length());
    object[0] = '{';
    object[object.length - 1] = '}';
    try (JsonParser parser = JSON.createParser(object)) {
      parser.nextToken();
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        JsonToken value = parser.nextToken();
        if (name.equals(CredentialDefinition.FULL_NAME)
            && value == JsonToken.VALUE_STRING
            && !parser.getText().isBlank()) {
          return parser.getText();
        }
        parser.skipChildren();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("claims that were read are no JSON", e);
    }
    throw ProblemType.ROW_NOT_ISSUABLE.because(
        "An Open Badge says whose it is, and the row has no name; fill in First Name and Last Name");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
