package dev.credmill.issuance.vcapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What Verifiable Credentials Data Model 2.0 says that members of a credential or a presentation
 * must be. Whether types and terms are defined is asked where the proof is made.
 */
final class DataModel {
  private static final String CONTEXT = "https://www.w3.org/ns/credentials/v2";

  /** {@code dateTimeStamp} of XML Schema: never without a zone. */
  private static final Pattern TIME =
      Pattern.compile(
          "-?\\d{4,9}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+-]\\d{2}:\\d{2})");

  private static final Set<String> OF_A_TEXT = Set.of("@value", "@language", "@direction");
  private static final int LONGEST_URL = 2_048;
  private final List<String> faults = new ArrayList<>();

  private DataModel() {}

  /** What is wrong with a credential, in sentences; nothing where it conforms. */
  static List<String> faultsOfCredential(ObjectNode credential) {
    DataModel model = new DataModel();
    model.credential(credential);
    return model.faults;
  }

  /** The same of a presentation; its credentials are looked at one by one. */
  static List<String> faultsOfPresentation(ObjectNode presentation) {
    DataModel model = new DataModel();
    model.presentation(presentation);
    return model.faults;
  }

  /** The same of a credential in an envelope (4.14), whose content is looked at by itself. */
  static List<String> faultsOfEnvelope(ObjectNode envelope) {
    DataModel model = new DataModel();
    model.common(envelope, "EnvelopedVerifiableCredential");
    if (!envelope.path("id").asText().matches("(?s)data:[^,]+,.+")) {
      model.faults.add("id of an envelope is a data: URL with the credential (4.14)");
    }
    return model.faults;
  }

  private void credential(ObjectNode credential) {
    common(credential, "VerifiableCredential");
    textOrTexts(credential, "name");
    textOrTexts(credential, "description");
    if (!credential.has("issuer")) {
      faults.add("issuer is missing (4.7)");
    }
    issuerOrHolder(credential.path("issuer"), "issuer");
    subjects(credential.path("credentialSubject"));
    validity(credential);
    typed(credential, "credentialStatus", false);
    typed(credential, "credentialSchema", true);
    typed(credential, "refreshService", false);
    typed(credential, "termsOfUse", false);
    typed(credential, "evidence", false);
    relatedResources(credential.path("relatedResource"));
  }

  private void presentation(ObjectNode presentation) {
    common(presentation, "VerifiablePresentation");
    issuerOrHolder(presentation.path("holder"), "holder");
    for (JsonNode credential : list(presentation.path("verifiableCredential"))) {
      if (!credential.isObject()) {
        faults.add("verifiableCredential holds objects only (4.13)");
      }
    }
  }

  private void common(ObjectNode document, String type) {
    JsonNode contexts = document.path("@context");
    if (!contexts.isArray() || !CONTEXT.equals(contexts.path(0).textValue())) {
      faults.add("@context is a list that begins with " + CONTEXT + " (4.3)");
    }
    for (JsonNode context : contexts) {
      if (!context.isObject() && !isUrl(context)) {
        faults.add("@context holds URLs and objects (4.3)");
      }
    }
    boolean envelope = document.path("id").asText().startsWith("data:");
    if (document.has("id") && !envelope && !isUrl(document.path("id"))) {
      faults.add("id is one URL (4.4)");
    }
    if (list(document.path("type")).stream().noneMatch(one -> type.equals(one.textValue()))) {
      faults.add("type has %s (4.5)".formatted(type));
    }
  }

  private void issuerOrHolder(JsonNode who, String member) {
    if (who.isMissingNode()) {
      return;
    }
    if (!isUrl(who.isObject() ? who.path("id") : who)) {
      faults.add("%s is a URL, or an object with a URL as id (4.7, 4.13)".formatted(member));
    }
    if (who instanceof ObjectNode object) {
      textOrTexts(object, "name");
      textOrTexts(object, "description");
    }
  }

  private void subjects(JsonNode subjects) {
    List<JsonNode> all = list(subjects);
    if (all.isEmpty() || all.stream().anyMatch(one -> !one.isObject() || one.isEmpty())) {
      faults.add("credentialSubject is one or more objects that say something (4.8)");
    }
    if (all.stream().anyMatch(one -> one.has("id") && !isUrl(one.path("id")))) {
      faults.add("credentialSubject.id is a URL (4.4)");
    }
  }

  private void validity(ObjectNode credential) {
    Optional<OffsetDateTime> from = time(credential, "validFrom");
    Optional<OffsetDateTime> until = time(credential, "validUntil");
    if (from.isPresent() && until.isPresent() && until.get().isBefore(from.get())) {
      faults.add("validUntil is not before validFrom (4.9)");
    }
  }

  private Optional<OffsetDateTime> time(ObjectNode credential, String member) {
    JsonNode value = credential.path(member);
    if (value.isMissingNode()) {
      return Optional.empty();
    }
    try {
      if (value.isTextual() && TIME.matcher(value.textValue()).matches()) {
        return Optional.of(OffsetDateTime.parse(value.textValue()));
      }
    } catch (DateTimeException e) {
      // said below
    }
    faults.add(
        "%s is a time with seconds and zone, such as 2026-11-23T10:15:00Z (4.9)".formatted(member));
    return Optional.empty();
  }

  private void typed(ObjectNode credential, String member, boolean withId) {
    for (JsonNode one : list(credential.path(member))) {
      List<JsonNode> types = list(one.path("type"));
      if (!one.isObject() || types.isEmpty() || !types.stream().allMatch(JsonNode::isTextual)) {
        faults.add("each %s is an object with a type (4.5)".formatted(member));
      }
      if ((withId || one.has("id")) && !isUrl(one.path("id"))) {
        faults.add("%s.id is a URL (4.4)".formatted(member));
      }
    }
  }

  private void relatedResources(JsonNode resources) {
    Set<String> seen = new HashSet<>();
    for (JsonNode one : list(resources)) {
      if (!isUrl(one.path("id"))) {
        faults.add("each relatedResource has a URL as id (5.3)");
      } else if (!seen.add(one.path("id").textValue())) {
        faults.add("each relatedResource has an id of its own (5.3)");
      }
      if (!one.has("digestSRI") && !one.has("digestMultibase")) {
        faults.add("each relatedResource has a digestSRI or a digestMultibase (5.3)");
      } else {
        // A digest that nobody has held against the resource must not be signed.
        faults.add(
            "relatedResource cannot be issued: nothing is fetched here to hold its digest against (5.3)");
      }
    }
  }

  /** A string, an object as 11.1 has it, or several of these. */
  private void textOrTexts(ObjectNode object, String member) {
    for (JsonNode one : list(object.path(member))) {
      boolean text =
          one.isTextual()
              || one.isObject()
                  && one.path("@value").isTextual()
                  && one.properties().stream()
                      .allMatch(m -> OF_A_TEXT.contains(m.getKey()) && m.getValue().isTextual());
      if (!text) {
        faults.add(
            "%s is a text, or an object with @value, @language and @direction (4.6, 11.1)"
                .formatted(member));
      }
    }
  }

  private static List<JsonNode> list(JsonNode value) {
    List<JsonNode> list = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(list::add);
    } else if (!value.isMissingNode()) {
      list.add(value);
    }
    return list;
  }

  private static boolean isUrl(JsonNode value) {
    if (!value.isTextual() || value.textValue().length() > LONGEST_URL) {
      return false;
    }
    try {
      URI url = new URI(value.textValue());
      return url.isAbsolute() && !url.getSchemeSpecificPart().isEmpty();
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
