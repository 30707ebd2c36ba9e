package dev.credmill.issuance.integrity;

import com.apicatalog.jsonld.JsonLdError;
import com.apicatalog.jsonld.JsonLdErrorCode;
import com.apicatalog.jsonld.document.Document;
import com.apicatalog.jsonld.document.JsonDocument;
import com.apicatalog.jsonld.loader.DocumentLoader;
import com.apicatalog.jsonld.loader.DocumentLoaderOptions;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * All the contexts that there are: the bundled ones and our own. Whatever else a document names is
 * refused, since an address that a stranger wrote is never fetched.
 */
final class Contexts implements DocumentLoader {
  private final Map<String, Document> bundled = new HashMap<>();
  private final ContextSource ours;

  /** What is published never changes. */
  private final Cache<String, Document> found = Caffeine.newBuilder().maximumSize(1_000).build();

  Contexts(ContextSource ours) {
    this.ours = ours;
    for (BundledContext context : BundledContext.values()) {
      try {
        bundled.put(context.url(), JsonDocument.of(new ByteArrayInputStream(context.bytes())));
      } catch (JsonLdError e) {
        throw new IllegalStateException(context.url() + " is no JSON", e);
      }
    }
  }

  boolean knows(String url) {
    return find(url).isPresent();
  }

  @Override
  public Document loadDocument(URI url, DocumentLoaderOptions options) throws JsonLdError {
    return find(url.toString())
        .orElseThrow(
            () ->
                new JsonLdError(
                    JsonLdErrorCode.LOADING_REMOTE_CONTEXT_FAILED, "is not known here"));
  }

  private Optional<Document> find(String url) {
    Document known = bundled.get(url);
    if (known == null) {
      known = found.getIfPresent(url);
    }
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Document> own = ours.find(url).map(json -> parsed(url, json));
    own.ifPresent(context -> found.put(url, context));
    return own;
  }

  private static Document parsed(String url, String json) {
    try {
      return JsonDocument.of(new StringReader(json));
    } catch (JsonLdError e) {
      throw new IllegalStateException("our own context " + url + " is no JSON", e);
    }
  }
}
