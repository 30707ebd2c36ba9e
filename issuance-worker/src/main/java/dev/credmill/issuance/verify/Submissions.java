package dev.credmill.issuance.verify;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.credmill.certificate.AttachedFile;
import dev.credmill.certificate.Attachment;
import dev.credmill.certificate.BakedPng;
import dev.credmill.certificate.PdfRefused;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Reads what strangers send to have it verified. What it is shows in its first bytes: neither a
 * label nor the name of a file counts. It is held in memory while it is looked at, and nowhere
 * else.
 */
@ApplicationScoped
public class Submissions {
  private static final int LONGEST = 8 * 1024 * 1024;
  private static final int LONGEST_TEXT = 256 * 1024;

  /** The parts of a form around its file. */
  private static final int LONGEST_FORM = LONGEST + LONGEST_TEXT;

  /** A PDF costs some times its size of memory, so no more than these are open at once. */
  private static final int PDFS_AT_ONCE = 4;

  private static final int PATIENCE_SECONDS = 2;
  private final Semaphore pdfs = new Semaphore(PDFS_AT_ONCE, true);

  /**
   * A body that is what is to be verified, or JSON that has it as {@code credential} or {@code
   * link}.
   *
   * @throws ProblemException when it is nothing that can be verified
   */
  public Submission read(InputStream body) throws IOException {
    return of(bounded(body, LONGEST));
  }

  /** The parts {@code file}, {@code credential} and {@code link} of a form, one of them filled. */
  public Submission readForm(String contentType, InputStream body) throws IOException {
    Map<String, byte[]> parts = FormParts.filled(contentType, bounded(body, LONGEST_FORM));
    if (parts.size() != 1) {
      throw ProblemType.INVALID_BODY.because(
          parts.isEmpty()
              ? "Choose a file, paste a credential, or give the link of a certificate"
              : "Send one thing at a time: a file, a credential, or a link");
    }
    byte[] content = parts.values().iterator().next();
    return switch (parts.keySet().iterator().next()) {
      case "file" -> of(content);
      case "credential" -> Submission.of(text(content));
      case "link" -> link(text(content));
      default -> throw ProblemType.INVALID_BODY.because("The parts are file, credential and link");
    };
  }

  private Submission of(byte[] bytes) {
    if (startsWith(bytes, "%PDF-")) {
      return Submission.of(text(inPdf(bytes)));
    }
    if (BakedPng.isPng(bytes)) {
      return Submission.of(
          BakedPng.credential(bytes)
              .orElseThrow(
                  () ->
                      ProblemType.INVALID_BODY.because(
                          "The picture carries no credential; send its PDF, or the link in its QR code")));
    }
    String text = text(bytes);
    return text.startsWith("{") ? ofJson(text) : Submission.of(text);
  }

  private static Submission ofJson(String text) {
    JsonNode json;
    try {
      json = StrictJson.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw ProblemType.INVALID_BODY.because(
          "The body is no well-formed JSON; each member may stand in it once");
    }
    if (json.has("link")) {
      return link(json.path("link").asText());
    }
    Submission submission = Submission.of(json.has("credential") ? json.path("credential") : json);
    return json.has("nonce") || json.has("aud") ? bound(submission, json) : submission;
  }

  /** As it was shown to a verifier, who tells what it had asked for. */
  private static Submission bound(Submission submission, JsonNode json) {
    String aud = json.path("aud").asText();
    String nonce = json.path("nonce").asText();
    if (submission instanceof Submission.SdJwt(String text, _)
        && !aud.isEmpty()
        && !nonce.isEmpty()) {
      return new Submission.SdJwt(text, Optional.of(new KeyBinding.Expected(aud, nonce)));
    }
    throw ProblemType.INVALID_BODY.because(
        "nonce and aud belong together, and to an SD-JWT as credential: they are what its holder was asked to sign");
  }

  private static Submission link(String text) {
    if (Submission.LINK.matcher(text.strip()).matches()) {
      return Submission.of(text);
    }
    throw ProblemType.INVALID_BODY.because(
        "link is the address of a certificate page, such as http://localhost:8080/c/...");
  }

  private byte[] inPdf(byte[] pdf) {
    boolean ours = false;
    try {
      ours = pdfs.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (!ours) {
        throw ProblemType.UNAVAILABLE.because(
            "Many PDFs are being read at the moment; send it again in a few seconds");
      }
      return AttachedFile.in(pdf, Attachment.CREDENTIAL, LONGEST_TEXT)
          .orElseThrow(
              () ->
                  ProblemType.INVALID_BODY.because(
                      "The PDF carries no %s, so it is a picture only; send it as it was downloaded, or the link in its QR code"
                          .formatted(Attachment.CREDENTIAL)));
    } catch (PdfRefused e) {
      throw ProblemType.FILE_MALFORMED.because(e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ProblemType.UNAVAILABLE.because("The service is about to stop; send it again");
    } finally {
      if (ours) {
        pdfs.release();
      }
    }
  }

  private static boolean startsWith(byte[] bytes, String beginning) {
    return new String(bytes, 0, Math.min(bytes.length, beginning.length()), ISO_8859_1)
        .equals(beginning);
  }

  private static String text(byte[] bytes) {
    if (bytes.length > LONGEST_TEXT) {
      throw ProblemType.TOO_LARGE.because(
          "A credential has at most %d bytes".formatted(LONGEST_TEXT));
    }
    String text = new String(bytes, UTF_8);
    return (text.startsWith("\uFEFF") ? text.substring(1) : text).strip();
  }

  private static byte[] bounded(InputStream body, int longest) throws IOException {
    byte[] bytes = body.readNBytes(longest + 1);
    if (bytes.length > longest) {
      throw ProblemType.TOO_LARGE.because(
          "What is to be verified has at most %d bytes".formatted(LONGEST));
    }
    return bytes;
  }
}
