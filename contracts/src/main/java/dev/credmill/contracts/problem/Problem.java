package dev.credmill.contracts.problem;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * An error as a caller, a batch or a row carries it (RFC 9457, 3.1).
 *
 * @param type names the kind for programs
 * @param title the kind for people, always the same for one type
 * @param status the HTTP status that goes with it
 * @param detail what happened here and what to do next; never whom it happened to
 * @param errors the single faults, where there are several
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(String type, String title, int status, String detail, List<Fault> errors) {

  /**
   * One fault among several.
   *
   * @param field the parameter, property or column it is about
   * @param code the kind, for programs
   * @param message what is wrong and what to do, for people
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Fault(String field, String code, String message) {}

  public Problem {
    requireNonNull(type, "type");
    requireNonNull(title, "title");
    errors = errors == null ? List.of() : List.copyOf(errors);
  }

  public static Problem of(ProblemType type, String detail) {
    return of(type, detail, List.of());
  }

  public static Problem of(ProblemType type, String detail, List<Fault> errors) {
    return new Problem(type.uri(), type.title(), type.status(), detail, errors);
  }
}
