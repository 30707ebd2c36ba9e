package dev.credmill.issuance.integrity;

import com.apicatalog.jsonld.JsonLd;
import com.apicatalog.jsonld.JsonLdError;
import com.apicatalog.jsonld.JsonLdOptions;
import com.apicatalog.jsonld.document.JsonDocument;
import com.apicatalog.rdf.api.RdfConsumerException;
import com.apicatalog.rdf.canon.RdfCanon;
import com.apicatalog.rdf.canon.RdfCanonTimeTicker;
import com.apicatalog.rdf.nquads.NQuadsWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.json.JsonArray;
import java.io.StringWriter;
import java.time.Duration;

/** JSON-LD to RDF, and RDFC-1.0. Nothing is dropped on the way: it fails instead. */
final class RdfCanonicalization implements Canonicalization {
  /** Some graphs take for ever on purpose (RDFC-1.0, 7.1). */
  private static final Duration LONGEST = Duration.ofSeconds(2);

  private final Contexts contexts;

  RdfCanonicalization(Contexts contexts) {
    this.contexts = contexts;
  }

  @Override
  public String canonical(ObjectNode document) throws ProofException {
    try {
      JsonArray expanded = expanded(document);
      new ExpandedCheck(false).check(expanded);
      RdfCanon canon = RdfCanon.create("SHA-256", new RdfCanonTimeTicker(LONGEST.toMillis()));
      JsonLd.toRdf(JsonDocument.of(expanded)).options(options()).provide(canon);
      StringWriter out = new StringWriter(2048);
      canon.provide(new NQuadsWriter(out));
      return out.toString();
    } catch (JsonLdError e) {
      throw fault(e);
    } catch (RdfConsumerException | IllegalStateException e) {
      throw new ProofException(ProofFault.TOO_COMPLEX);
    }
  }

  /**
   * Passes only what its contexts define, as a proof over the JSON itself may cover it, too.
   *
   * @throws ProofException naming no part of the document
   */
  void mustBeDefined(ObjectNode document) throws ProofException {
    try {
      new ExpandedCheck(true).check(expanded(document));
    } catch (JsonLdError e) {
      throw fault(e);
    }
  }

  private JsonArray expanded(ObjectNode document) throws JsonLdError {
    return JsonLd.expand(JsonDocument.of(JakartaJson.object(document))).options(options()).get();
  }

  private JsonLdOptions options() {
    JsonLdOptions options = new JsonLdOptions(contexts);
    options.setBase(null);
    options.setUndefinedTermsPolicy(JsonLdOptions.ProcessingPolicy.Fail);
    return options;
  }

  private static ProofException fault(JsonLdError error) {
    return switch (error.getCode()) {
      case LOADING_REMOTE_CONTEXT_FAILED, LOADING_DOCUMENT_FAILED ->
          new ProofException(ProofFault.UNKNOWN_CONTEXT);
      default ->
          new ProofException(
              ProofFault.DROPPED_DATA,
              "The document is no JSON-LD that RDF can carry whole (%s)."
                  .formatted(error.getCode()));
    };
  }
}
