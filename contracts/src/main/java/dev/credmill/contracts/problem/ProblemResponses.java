package dev.credmill.contracts.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The one place where errors become {@code application/problem+json} (RFC 9457). */
class ProblemResponses {
  static final MediaType PROBLEM_JSON = new MediaType("application", "problem+json");
  private static final int LONGEST_PATH = 100;
  private static final int RETRY_AFTER_SECONDS = 5;
  private static final Logger LOG = Logger.getLogger(ProblemResponses.class);

  @ServerExceptionMapper
  Response problem(ProblemException e) {
    return response(e.problem());
  }

  @ServerExceptionMapper
  Response violation(ConstraintViolationException e) {
    List<Problem.Fault> faults =
        e.getConstraintViolations().stream()
            .map(v -> new Problem.Fault(lastNode(v), "constraint", v.getMessage()))
            .toList();
    String detail =
        faults.size() == 1
            ? faults.getFirst().field() + " " + faults.getFirst().message()
            : faults.size() + " values are not accepted, see errors";
    return response(Problem.of(ProblemType.INVALID_PARAMETER, detail, faults));
  }

  @ServerExceptionMapper
  Response json(JsonProcessingException e) {
    // A body that checks itself says what is wrong better than its place in the text does.
    if (e.getCause() instanceof ProblemException said) {
      return response(said.problem());
    }
    String where =
        e.getLocation() == null
            ? ""
            : " (line %d, column %d)"
                .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
    return response(
        Problem.of(
            ProblemType.INVALID_BODY,
            "The body must be JSON as this call documents it" + where + "; see /q/openapi"));
  }

  /**
   * JSON, but not this call's: it names the member. (Quarkus has an answer of its own for these.)
   */
  @ServerExceptionMapper
  Response member(MismatchedInputException e) {
    String path =
        e.getPath().stream()
            .map(step -> step.getFieldName() == null ? "" + step.getIndex() : step.getFieldName())
            .collect(Collectors.joining("."));
    return response(
        Problem.of(
            ProblemType.INVALID_BODY,
            path.isEmpty()
                ? "The body must be a JSON object as this call documents it; see /q/openapi"
                : "The body's member \"%s\" is unknown or has a value that is not accepted; see /q/openapi"
                    .formatted(path.substring(0, Math.min(path.length(), LONGEST_PATH)))));
  }

  @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
  Response unauthenticated() {
    return Response.fromResponse(
            response(
                Problem.of(
                    ProblemType.UNAUTHENTICATED,
                    "Send a valid API key in the header X-API-Key; an organization's admin makes them with POST /v1/api-keys")))
        .header(HttpHeaders.WWW_AUTHENTICATE, "ApiKey")
        .build();
  }

  @ServerExceptionMapper
  Response forbidden(ForbiddenException e) {
    return response(
        Problem.of(ProblemType.FORBIDDEN, "The role of this API key does not allow this call"));
  }

  @ServerExceptionMapper
  Response web(WebApplicationException e) {
    int status = e.getResponse().getStatus();
    if (status < 400) {
      return e.getResponse();
    }
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof MismatchedInputException mismatch) {
        return member(mismatch);
      }
      if (cause instanceof JsonProcessingException json) {
        return json(json);
      }
      if (cause instanceof NumberFormatException) {
        // JAX-RS calls a parameter that is no number "not found".
        return response(
            Problem.of(
                ProblemType.INVALID_PARAMETER,
                "A parameter of the address must be a whole number; see /q/openapi"));
      }
    }
    ProblemType type =
        switch (status) {
          case 401 -> ProblemType.UNAUTHENTICATED;
          case 403 -> ProblemType.FORBIDDEN;
          case 404 -> ProblemType.NOT_FOUND;
          case 405 -> ProblemType.METHOD_NOT_ALLOWED;
          case 406 -> ProblemType.NOT_ACCEPTABLE;
          case 409 -> ProblemType.CONFLICT;
          case 413 -> ProblemType.TOO_LARGE;
          case 415 -> ProblemType.UNSUPPORTED_MEDIA_TYPE;
          case 503 -> ProblemType.UNAVAILABLE;
          default -> status < 500 ? ProblemType.INVALID_REQUEST : ProblemType.INTERNAL_ERROR;
        };
    return response(Problem.of(type, advice(type)));
  }

  /**
   * Another service of this installation could not be asked; it is the operator's to know which.
   */
  @ServerExceptionMapper
  Response silent(ProcessingException e) {
    LOG.warnf("a request failed since another service did not answer: %s", e.getMessage());
    return response(
        Problem.of(
            ProblemType.UNAVAILABLE,
            "A part of Credmill does not answer just now; send the request again after the seconds in Retry-After"));
  }

  @ServerExceptionMapper
  Response unexpected(Throwable e) {
    LOG.error("a request failed", e);
    return response(
        Problem.of(
            ProblemType.INTERNAL_ERROR,
            "The request was not carried out. Send it again; if it keeps failing, tell the operator the time"));
  }

  static Response response(Problem problem) {
    Response.ResponseBuilder response =
        Response.status(problem.status()).type(PROBLEM_JSON).entity(problem);
    if (problem.status() == ProblemType.UNAVAILABLE.status()) {
      response.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
    if (problem.type().equals(ProblemType.CALLBACK_UNAUTHENTICATED.uri())) {
      response.header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"callback\"");
    }
    return response.build();
  }

  private static String advice(ProblemType type) {
    return switch (type) {
      case NOT_FOUND -> "Check the path and the id; another organization's things are not shown";
      case METHOD_NOT_ALLOWED -> "See /q/openapi for the methods of this path";
      case UNSUPPORTED_MEDIA_TYPE -> "See /q/openapi for the media types this call takes";
      case NOT_ACCEPTABLE -> "See /q/openapi for the media types this call gives";
      case TOO_LARGE -> "Send less at once";
      default -> "See /q/openapi for what this call takes";
    };
  }

  private static String lastNode(ConstraintViolation<?> violation) {
    String last = "";
    for (Path.Node node : violation.getPropertyPath()) {
      last = node.getName();
    }
    return last;
  }
}
