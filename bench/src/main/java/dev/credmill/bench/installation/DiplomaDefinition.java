package dev.credmill.bench.installation;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A diploma that is given away in certain formats. The ready one has several, each of which costs
 * something; what is measured has those that the measurement is about.
 */
public final class DiplomaDefinition {
  public static final String VC_JWT = "vc+jwt";

  private DiplomaDefinition() {}

  /** Its id; entered and published where there is none yet. */
  public static String of(Installation installation, List<String> formats) {
    Api admin = new Api(installation.url(Service.SCHEMA_REGISTRY), "acme-admin-key");
    String id = "diploma-" + String.join("-", formats).replaceAll("[^a-z0-9-]", "-");
    boolean known = false;
    for (var definition :
        admin.json("/v1/credential-definitions?limit=200&q=" + id).path("items")) {
      known |= definition.path("id").asText().equals(id);
    }
    if (!known) {
      admin.post(
          "/v1/credential-definitions",
          """
          {"id": "%s", "name": "Diploma", "type": "DiplomaCredential", "schemaId": "diploma",
           "certificateTemplateId": "diploma", "formats": [%s], "statusPurposes": ["revocation"]}
          """
              .formatted(
                  id,
                  formats.stream()
                      .map(format -> "\"" + format + "\"")
                      .collect(Collectors.joining(", "))));
      admin.post("/v1/credential-definitions/" + id + "/publish", "");
    }
    return id;
  }
}
