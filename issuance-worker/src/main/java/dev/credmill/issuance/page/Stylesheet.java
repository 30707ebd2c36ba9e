package dev.credmill.issuance.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quarkus.qute.RawString;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The pages' only style, which stands in them, and the policy that allows it and nothing else. */
@ApplicationScoped
@Named("stylesheet")
public class Stylesheet {
  private static final String NO_FORMS = "form-action 'none'";
  private final String css;
  private final String policy;

  Stylesheet() {
    try (InputStream in = Stylesheet.class.getResourceAsStream("page.css")) {
      css = new String(in.readAllBytes(), UTF_8);
      String hash =
          Base64.getEncoder()
              .encodeToString(MessageDigest.getInstance("SHA-256").digest(css.getBytes(UTF_8)));
      policy =
          "default-src 'none'; img-src 'self'; style-src 'sha256-"
              + hash
              + "'; base-uri 'none'; "
              + NO_FORMS
              + "; frame-ancestors 'none'";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Ours, so it needs no escaping. */
  public RawString css() {
    return new RawString(css);
  }

  String policy() {
    return policy;
  }

  /** The same for a page with a form that goes back to where the page came from. */
  public String policyWithForm() {
    return policy.replace(NO_FORMS, "form-action 'self'");
  }
}
