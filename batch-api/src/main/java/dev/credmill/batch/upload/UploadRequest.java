package dev.credmill.batch.upload;

import dev.credmill.batch.Batch;
import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.resteasy.reactive.server.multipart.FormValue;

/**
 * What a caller asks for with an upload.
 *
 * @param file where the container has put the content while the request lasts
 * @param certificateTemplateId in place of the definition's; may be null
 * @param label may be null
 */
record UploadRequest(
    Path file,
    String fileName,
    String definitionId,
    Set<Medium> media,
    String certificateTemplateId,
    String label,
    Batch.Mode mode,
    Batch.OnInvalidRows onInvalidRows) {
  private static final Set<String> PARTS =
      Set.of(
          "file",
          "definitionId",
          "medium",
          "certificateTemplateId",
          "label",
          "mode",
          "onInvalidRows");
  private static final int LONGEST_LABEL = 200;
  private static final int LONGEST_ID = 100;
  private static final int LONGEST_FILE_NAME = 255;

  /**
   * Reads the parts of the form.
   *
   * @throws ProblemException for a part that is missing, unknown or has a value that is not taken
   */
  static UploadRequest of(Map<String, Collection<FormValue>> form) {
    for (String part : form.keySet()) {
      if (!PARTS.contains(part)) {
        throw ProblemType.INVALID_PARAMETER.because(
            "There is no part \"%s\" in an upload; the parts are file, definitionId, medium, certificateTemplateId, label, mode and onInvalidRows"
                .formatted(shortened(part, 60)));
      }
    }
    FormValue file = file(form);
    return new UploadRequest(
        file.getFileItem().getFile(),
        fileName(file.getFileName()),
        definition(form),
        media(form),
        id(one(form, "certificateTemplateId")),
        label(one(form, "label")),
        choice(form, "mode", Batch.Mode.class, Batch.Mode.REVIEW),
        choice(form, "onInvalidRows", Batch.OnInvalidRows.class, Batch.OnInvalidRows.stop));
  }

  private static FormValue file(Map<String, Collection<FormValue>> form) {
    Collection<FormValue> files = form.getOrDefault("file", List.of());
    if (files.size() > 1) {
      throw ProblemType.INVALID_PARAMETER.because("Send one file in an upload");
    }
    if (files.isEmpty() || !files.iterator().next().isFileItem()) {
      throw ProblemType.FILE_MISSING.because(
          "Send the sheet as the part \"file\" with a file name, such as curl -F file=@sheet.csv");
    }
    return files.iterator().next();
  }

  private static String definition(Map<String, Collection<FormValue>> form) {
    String id = id(one(form, "definitionId"));
    if (id == null) {
      throw ProblemType.INVALID_PARAMETER.because(
          "Say with the part definitionId what is to be issued; GET /v1/credential-definitions lists the definitions");
    }
    return id;
  }

  private static Set<Medium> media(Map<String, Collection<FormValue>> form) {
    Set<Medium> media = new TreeSet<>();
    for (FormValue value : form.getOrDefault("medium", List.of())) {
      String text = text("medium", value);
      if (!text.isEmpty()) {
        media.add(
            Arrays.stream(Medium.values())
                .filter(medium -> medium.name().equals(text))
                .findFirst()
                .orElseThrow(
                    () ->
                        ProblemType.MEDIUM_UNKNOWN.because(
                            "A medium is EMAIL or SMS; leave the part out to send no messages")));
      }
    }
    return media;
  }

  private static <E extends Enum<E>> E choice(
      Map<String, Collection<FormValue>> form, String part, Class<E> type, E preset) {
    String text = one(form, part);
    if (text == null) {
      return preset;
    }
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.name().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                ProblemType.INVALID_PARAMETER.because(
                    "%s is one of %s".formatted(part, Arrays.toString(type.getEnumConstants()))));
  }

  private static String one(Map<String, Collection<FormValue>> form, String part) {
    Collection<FormValue> values = form.getOrDefault(part, List.of());
    if (values.size() > 1) {
      throw ProblemType.INVALID_PARAMETER.because("Send the part %s once".formatted(part));
    }
    String text = values.isEmpty() ? "" : text(part, values.iterator().next());
    return text.isEmpty() ? null : text;
  }

  private static String text(String part, FormValue value) {
    if (value.isFileItem()) {
      throw ProblemType.INVALID_PARAMETER.because(
          "The part %s is a text, not a file".formatted(part));
    }
    return value.getValue().strip();
  }

  private static String id(String text) {
    if (text != null && text.length() > LONGEST_ID) {
      throw ProblemType.INVALID_PARAMETER.because(
          "An id has at most %d characters".formatted(LONGEST_ID));
    }
    return text;
  }

  private static String label(String text) {
    if (text == null) {
      return null;
    }
    if (text.length() > LONGEST_LABEL || text.chars().anyMatch(Character::isISOControl)) {
      throw ProblemType.INVALID_PARAMETER.because(
          "A label has at most %d characters and no line breaks".formatted(LONGEST_LABEL));
    }
    return text;
  }

  /** Browsers may send a whole path; only its last part is a name. */
  private static String fileName(String sent) {
    if (sent == null || sent.isBlank()) {
      return "sheet.csv";
    }
    String name = sent.substring(Math.max(sent.lastIndexOf('/'), sent.lastIndexOf('\\')) + 1);
    return shortened(name.replaceAll("\\p{Cntrl}", "").strip(), LONGEST_FILE_NAME);
  }

  private static String shortened(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest);
  }
}
