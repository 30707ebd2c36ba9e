package dev.credmill.batch.revocation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;

/** Reads bodies that may be left out, and which clients label in many ways where they are. */
@ApplicationScoped
class ChangeRequests {
  private final ObjectMapper json;

  ChangeRequests(ObjectMapper json) {
    this.json = json;
  }

  ChangeRequest read(String body) {
    if (body == null || body.isBlank()) {
      return ChangeRequest.EMPTY;
    }
    try {
      ChangeRequest request = json.readValue(body, ChangeRequest.class);
      return request == null ? ChangeRequest.EMPTY : request;
    } catch (JsonProcessingException e) {
      if (e.getCause() instanceof ProblemException problem) {
        throw problem;
      }
      throw ProblemType.INVALID_BODY.because(
          "The body is optional; where there is one it must be JSON such as {\"reason\": \"Awarded by mistake\"}");
    }
  }
}
