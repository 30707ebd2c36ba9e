package dev.credmill.batch.upload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.resteasy.reactive.server.multipart.FormValue;
import org.jboss.resteasy.reactive.server.multipart.MultipartFormDataInput;

/**
 * The parts of a multipart form that carries a sheet. Every method throws a {@link
 * ProblemException} for a value that is not taken.
 */
public final class FormParts {
  private static final int LONGEST_ID = 100;
  private static final int LONGEST_FILE_NAME = 255;
  private static final int LONGEST_MAPPING = 100_000;
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private final Map<String, Collection<FormValue>> form;
  private final FormValue file;

  public FormParts(MultipartFormDataInput input) {
    this.form = input.getValues();
    this.file = file(form);
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

  /** Refuses parts that this call does not have, since they would be ignored silently. */
  public void mustBeAmong(Set<String> parts, String call) {
    for (String part : form.keySet()) {
      if (!parts.contains(part)) {
        throw ProblemType.INVALID_PARAMETER.because(
            "There is no part \"%s\" in %s; the parts are %s"
                .formatted(shortened(part, 60), call, String.join(", ", parts)));
      }
    }
  }

  /** Where the container has put the content while the request lasts. */
  public Path file() {
    return file.getFileItem().getFile();
  }

  /** Browsers may send a whole path; only its last part is a name. */
  public String fileName() {
    String sent = file.getFileName();
    if (sent == null || sent.isBlank()) {
      return "sheet";
    }
    String name = sent.substring(Math.max(sent.lastIndexOf('/'), sent.lastIndexOf('\\')) + 1);
    return shortened(name.replaceAll("\\p{Cntrl}", "").strip(), LONGEST_FILE_NAME);
  }

  /** The text of a part that may come once; null where it is absent or empty. */
  public String one(String part) {
    Collection<FormValue> values = form.getOrDefault(part, List.of());
    if (values.size() > 1) {
      throw ProblemType.INVALID_PARAMETER.because("Send the part %s once".formatted(part));
    }
    String text = values.isEmpty() ? "" : text(part, values.iterator().next());
    return text.isEmpty() ? null : text;
  }

  /** The texts of a part that may come several times; empty ones are left out. */
  public List<String> all(String part) {
    return form.getOrDefault(part, List.of()).stream()
        .map(value -> text(part, value))
        .filter(text -> !text.isEmpty())
        .toList();
  }

  public String id(String part) {
    String text = one(part);
    if (text != null && text.length() > LONGEST_ID) {
      throw ProblemType.INVALID_PARAMETER.because(
          "An id has at most %d characters".formatted(LONGEST_ID));
    }
    return text;
  }

  public <E extends Enum<E>> E choice(String part, Class<E> type, E preset) {
    String text = one(part);
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

  /** False where the part is absent. */
  public boolean flag(String part) {
    String text = one(part);
    if (text == null || text.equals("false")) {
      return false;
    }
    if (text.equals("true")) {
      return true;
    }
    throw ProblemType.INVALID_PARAMETER.because("%s is true or false".formatted(part));
  }

  /** A JSON object from headings of the sheet to ours; empty where the part is absent. */
  public Map<String, String> mapping(String part) {
    String text = one(part);
    if (text == null) {
      return Map.of();
    }
    try {
      if (text.length() <= LONGEST_MAPPING) {
        Map<String, String> mapping =
            JSON.readValue(text, new TypeReference<LinkedHashMap<String, String>>() {});
        if (mapping != null && text.indexOf('\0') < 0 && !text.contains("\\u0000")) {
          return mapping;
        }
      }
    } catch (JsonProcessingException e) {
      // told below
    }
    throw ProblemType.INVALID_PARAMETER.because(
        "%s is a JSON object from headings of the sheet to ours, such as {\"Vorname\": \"First Name\", \"Internal\": null}; null leaves a column alone"
            .formatted(part));
  }

  private static String text(String part, FormValue value) {
    if (value.isFileItem()) {
      throw ProblemType.INVALID_PARAMETER.because(
          "The part %s is a text, not a file".formatted(part));
    }
    String text = value.getValue().strip();
    if (text.indexOf('\0') >= 0) {
      throw ProblemType.INVALID_PARAMETER.because(
          "The part %s holds a NUL character".formatted(part));
    }
    return text;
  }

  private static String shortened(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest);
  }
}
