package dev.credmill.contracts.problem;

import static java.util.stream.Collectors.joining;

import java.util.List;

/**
 * Every error that a caller can get: one line each, with its HTTP status and its title. The type
 * URI is {@code urn:credmill:problem:<name in kebab case>} (RFC 9457, 3.1.1).
 */
public enum ProblemType {
  // the request
  INVALID_REQUEST(400, "The request is not well-formed"),
  INVALID_PARAMETER(400, "A parameter has a value that is not accepted"),
  INVALID_BODY(400, "The body is not what this call takes"),
  UNAUTHENTICATED(401, "An API key is needed"),
  FORBIDDEN(403, "This API key may not do that"),
  NOT_FOUND(404, "There is nothing here for you"),
  METHOD_NOT_ALLOWED(405, "This path does not take that method"),
  NOT_ACCEPTABLE(406, "This cannot be had in the asked-for media type"),
  CONFLICT(409, "That is not possible in the present state"),
  IDEMPOTENCY_KEY_REUSED(409, "This Idempotency-Key was used for another request"),
  TOO_LARGE(413, "The request is too large"),
  TOO_MANY_REQUESTS(429, "That was asked too often"),
  UNSUPPORTED_MEDIA_TYPE(415, "That media type is not taken here"),
  UNAVAILABLE(503, "Try again in a moment"),
  INTERNAL_ERROR(500, "Something went wrong on our side"),

  // the sheet as a whole
  FILE_MISSING(400, "No file was sent"),
  FILE_EMPTY(400, "The file is empty"),
  FILE_TYPE_UNSUPPORTED(415, "This is not a kind of file that can be read"),
  FILE_TOO_LARGE(413, "The file is too large"),
  FILE_NOT_UTF8(422, "The file is not UTF-8 text"),
  FILE_MALFORMED(422, "The file breaks the rules of its format"),
  SHEET_WITHOUT_ROWS(422, "The sheet has a header but no recipients"),
  SHEET_HEADER_MISMATCH(422, "The header does not fit the definition and the media"),
  SHEET_LIMIT_EXCEEDED(422, "The sheet is beyond a limit"),
  DEFINITION_UNKNOWN(422, "There is no such credential definition"),
  DEFINITION_NOT_PUBLISHED(422, "This credential definition is not published"),
  MEDIUM_UNKNOWN(422, "There is no such medium"),
  CORRECTION_UNKNOWN_ROW(422, "It is not clear which row is to be corrected"),
  REPLACEMENT_EMPTY(422, "There is nothing to replace"),
  REPLACEMENT_INVALID(422, "A credential would be replaced by something invalid"),
  CERTIFICATE_TEMPLATE_UNKNOWN(422, "There is no such certificate template"),

  // webhooks
  WEBHOOK_INVALID(422, "This cannot be a webhook"),
  WEBHOOK_ADDRESS_REFUSED(422, "Webhooks are not sent to that address"),

  // messages
  MESSAGE_TEMPLATE_INVALID(422, "This cannot be a message template"),
  CALLBACK_UNAUTHENTICATED(401, "These are not this callback's credentials"),
  SENDER_IDENTITY_INVALID(422, "This cannot be a sender identity"),
  MAIL_SERVER_REFUSED(422, "That server does not work for us"),
  SMS_SETTINGS_BEYOND_LIMIT(422, "That is more than the operator allows"),

  // the catalogue
  SCHEMA_INVALID(422, "This cannot be a credential schema"),
  CERTIFICATE_TEMPLATE_INVALID(422, "This cannot be a certificate template"),
  DEFINITION_INVALID(422, "This cannot be a credential definition"),
  ORGANIZATION_INVALID(422, "This cannot be an organization"),
  ALREADY_PUBLISHED(409, "What is published never changes"),
  ALREADY_EXISTS(409, "This exists already"),

  // one row
  ROW_NOT_ISSUABLE(422, "This row cannot be issued"),
  MESSAGE_NOT_DELIVERED(422, "The message was not taken");

  private final int status;
  private final String title;

  ProblemType(int status, String title) {
    this.status = status;
    this.title = title;
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  public String uri() {
    return "urn:credmill:problem:" + name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  /** This problem, with what happened and what to do next. */
  public ProblemException because(String detail) {
    return new ProblemException(Problem.of(this, detail));
  }

  /** This problem, with all that is to be corrected in what was sent. */
  public ProblemException because(List<Problem.Fault> faults) {
    return new ProblemException(
        Problem.of(
            this,
            faults.stream()
                .map(fault -> fault.field() + ": " + fault.message())
                .collect(joining("; ", "Correct this and send it again: ", "")),
            faults));
  }
}
