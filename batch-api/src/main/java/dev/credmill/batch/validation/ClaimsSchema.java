package dev.credmill.batch.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;

/** The claims' whole schema, for the keywords that {@link ClaimCheck} does not know by itself. */
final class ClaimsSchema {
  private final Schema schema;

  ClaimsSchema(JsonNode schema) {
    // The registry has refused every remote $ref; nothing is fetched here either way.
    this.schema =
        SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemaLoader(loader -> loader.fetchRemoteResources(false)))
            .getSchema(schema);
  }

  /** Every violation with the claim that it is about; empty for the claims as a whole. */
  List<Violation> violations(String claims) {
    return schema
        .validate(
            claims,
            InputFormat.JSON,
            context -> context.executionConfig(c -> c.formatAssertionsEnabled(true)))
        .stream()
        .map(ClaimsSchema::violation)
        .toList();
  }

  private static Violation violation(Error error) {
    String claim = error.getProperty();
    if (claim == null && error.getInstanceLocation().getNameCount() > 0) {
      claim = error.getInstanceLocation().getName(0);
    }
    return new Violation(claim == null ? "" : claim, error.getKeyword(), error.getMessage());
  }

  record Violation(String claim, String keyword, String message) {}
}
