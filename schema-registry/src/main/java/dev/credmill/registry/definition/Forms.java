package dev.credmill.registry.definition;

import dev.credmill.contracts.problem.Problem.Fault;
import dev.credmill.contracts.registry.StatusPurpose;
import dev.credmill.contracts.registry.TypeMetadata;
import dev.credmill.registry.schema.CredentialSchema;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * In which forms a definition's credentials are given away, and what can be done to them later.
 *
 * @param formats one at least; the record of a row is a {@code vc+jwt} whatever stands here
 * @param statusPurposes none for credentials that can never be withdrawn
 * @param alwaysDisclosed names of claims
 */
record Forms(
    List<String> formats, List<StatusPurpose> statusPurposes, List<String> alwaysDisclosed) {
  private static final String RDF = "eddsa-rdfc-2022";
  private static final List<String> FORMATS =
      List.of("vc+jwt", RDF, "eddsa-jcs-2022", TypeMetadata.FORMAT);

  Forms {
    formats = List.copyOf(formats);
    statusPurposes = List.copyOf(statusPurposes);
    alwaysDisclosed = List.copyOf(alwaysDisclosed);
  }

  /** What was entered, or what goes without saying; whatever is wrong is added to the faults. */
  static Forms of(
      NewCredentialDefinition entered, Optional<CredentialSchema> schema, List<Fault> faults) {
    return new Forms(
        formats(entered.formats(), schema, faults),
        statusPurposes(entered.statusPurposes(), faults),
        alwaysDisclosed(entered, schema, faults));
  }

  private static List<String> formats(
      List<String> entered, Optional<CredentialSchema> schema, List<Fault> faults) {
    if (entered == null) {
      return List.of(FORMATS.getFirst());
    }
    if (entered.isEmpty() || repeats(entered) || !FORMATS.containsAll(entered)) {
      faults.add(
          new Fault(
              "formats",
              "unknown",
              "must be one or more of %s, each once, or be left out"
                  .formatted(String.join(", ", FORMATS))));
      return FORMATS;
    }
    if (entered.contains(RDF)) {
      schema.ifPresent(found -> faults.addAll(notForRdf(found)));
    }
    return entered;
  }

  /** RDF writes fractions with fifteen digits, and no two processors the same way. */
  private static List<Fault> notForRdf(CredentialSchema schema) {
    return schema.claims().claims().stream()
        .filter(claim -> claim.getValue().path("type").asText().equals("number"))
        .map(
            claim ->
                new Fault(
                    "formats",
                    "number",
                    "cannot have %s, since the claim %s of the schema is a number with fractions, which RDF does not carry exactly; make it a string with a pattern or an integer, or use eddsa-jcs-2022"
                        .formatted(RDF, claim.getKey())))
        .toList();
  }

  private static List<StatusPurpose> statusPurposes(List<String> entered, List<Fault> faults) {
    List<StatusPurpose> all = List.of(StatusPurpose.values());
    if (entered == null) {
      return all;
    }
    List<String> known = all.stream().map(StatusPurpose::text).toList();
    if (!entered.contains(StatusPurpose.REVOCATION.text())
        || repeats(entered)
        || !known.containsAll(entered)) {
      faults.add(
          new Fault(
              "statusPurposes",
              "unknown",
              "must be revocation, or revocation and suspension, or be left out"));
      return all;
    }
    return Arrays.stream(StatusPurpose.values())
        .filter(purpose -> entered.contains(purpose.text()))
        .toList();
  }

  private static List<String> alwaysDisclosed(
      NewCredentialDefinition entered, Optional<CredentialSchema> schema, List<Fault> faults) {
    List<String> wanted = entered.alwaysDisclosed() == null ? List.of() : entered.alwaysDisclosed();
    if (wanted.isEmpty()) {
      return wanted;
    }
    if (entered.formats() == null || !entered.formats().contains(TypeMetadata.FORMAT)) {
      faults.add(
          new Fault(
              "alwaysDisclosed",
              "unused",
              "speaks of SD-JWT VCs: add dc+sd-jwt to formats, or leave it out"));
    }
    schema.ifPresent(
        found ->
            wanted.stream()
                .filter(claim -> !found.claims().hasClaim(claim))
                .findFirst()
                .ifPresent(
                    _ ->
                        faults.add(
                            new Fault(
                                "alwaysDisclosed", "unknown", "must name claims of the schema"))));
    if (repeats(wanted)) {
      faults.add(new Fault("alwaysDisclosed", "repeated", "must name each claim once"));
    }
    return wanted;
  }

  private static boolean repeats(List<String> list) {
    return new HashSet<>(list).size() < list.size();
  }
}
