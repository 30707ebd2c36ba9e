package dev.credmill.notification.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.credmill.contracts.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;

/** Problems as the table {@code delivery} has them; null for none. */
@ApplicationScoped
class StoredProblems {
  private final ObjectMapper json;

  StoredProblems(ObjectMapper json) {
    this.json = json;
  }

  String text(Problem problem) {
    try {
      return problem == null ? null : json.writeValueAsString(problem);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  Problem problem(String text) {
    try {
      return text == null ? null : json.readValue(text, Problem.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
