package dev.credmill.batch.upload;

import dev.credmill.batch.Batch;
import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a caller asks for with an upload.
 *
 * @param charset of the text; null where the caller says nothing
 * @param definitionId null where each row names its own in the column ID
 * @param mapping from headings of the sheet to ours
 * @param file where the container has put the content while the request lasts
 * @param claimCode whether claiming into a wallet asks for a code that goes by the other medium
 * @param fallback the medium for whom the other one does not reach; null for none
 * @param certificateTemplateId in place of the definition's; may be null
 * @param label may be null
 */
record UploadRequest(
    Path file,
    String fileName,
    String charset,
    String definitionId,
    Set<Medium> media,
    boolean claimCode,
    Medium fallback,
    String certificateTemplateId,
    String label,
    Map<String, String> mapping,
    Batch.Mode mode,
    Batch.OnInvalidRows onInvalidRows,
    Batch.OnDuplicate onDuplicate) {
  UploadRequest {
    if (claimCode && media.size() < Medium.values().length) {
      throw ProblemType.INVALID_PARAMETER.because(
          "With claimCode the claim link goes by EMAIL and its code by SMS: send the part medium for both, or leave claimCode out");
    }
    if (fallback != null && !(fallback == Medium.SMS && media.equals(Set.of(Medium.EMAIL)))) {
      throw ProblemType.INVALID_PARAMETER.because(
          "fallback=SMS goes with the one medium EMAIL: it writes by SMS to whom no email reaches");
    }
  }

  private static final Set<String> PARTS =
      new LinkedHashSet<>(
          List.of(
              "file",
              "definitionId",
              "medium",
              "claimCode",
              "fallback",
              "certificateTemplateId",
              "label",
              "mode",
              "onInvalidRows",
              "onDuplicate",
              "mapping",
              "charset"));

  /**
   * Reads the parts of the form.
   *
   * @throws ProblemException for a part that is missing, unknown or has a value that is not taken
   */
  static UploadRequest of(FormParts form) {
    form.mustBeAmong(PARTS, "an upload");
    return new UploadRequest(
        form.file(),
        form.fileName(),
        form.one("charset"),
        form.id("definitionId"),
        media(form),
        form.flag("claimCode"),
        form.choice("fallback", Medium.class, null),
        form.id("certificateTemplateId"),
        Batch.checkedLabel(form.one("label")),
        form.mapping("mapping"),
        form.choice("mode", Batch.Mode.class, Batch.Mode.REVIEW),
        form.choice("onInvalidRows", Batch.OnInvalidRows.class, Batch.OnInvalidRows.stop),
        form.choice("onDuplicate", Batch.OnDuplicate.class, Batch.OnDuplicate.warn));
  }

  static Set<Medium> media(FormParts form) {
    Set<Medium> media = new TreeSet<>();
    for (String text : form.all("medium")) {
      media.add(
          Arrays.stream(Medium.values())
              .filter(medium -> medium.name().equals(text))
              .findFirst()
              .orElseThrow(
                  () ->
                      ProblemType.MEDIUM_UNKNOWN.because(
                          "A medium is EMAIL or SMS; leave the part out to send no messages")));
    }
    return media;
  }
}
