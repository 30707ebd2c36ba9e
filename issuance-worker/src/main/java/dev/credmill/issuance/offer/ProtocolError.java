package dev.credmill.issuance.offer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Ends a wallet's request with an error of OAuth 2.0 or OpenID4VCI. The description is for whoever
 * makes the wallet: ASCII without quotes and backslashes (RFC 6749, 5.2), and nothing of the
 * request.
 */
final class ProtocolError extends RuntimeException {
  private static final long serialVersionUID = 1;
  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORIZED = 401;
  private final int status;
  private final transient Body body;

  /** As the wallet gets it. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Body(String error, @JsonProperty("error_description") String description) {}

  private ProtocolError(int status, String error, String description) {
    super(error, null, false, false);
    this.status = status;
    this.body = new Body(error, description);
  }

  // RFC 6749, 5.2, and OpenID4VCI 1.0, 6.3

  static ProtocolError invalidRequest(String description) {
    return new ProtocolError(BAD_REQUEST, "invalid_request", description);
  }

  static ProtocolError invalidGrant(String description) {
    return new ProtocolError(BAD_REQUEST, "invalid_grant", description);
  }

  static ProtocolError unsupportedGrantType(String description) {
    return new ProtocolError(BAD_REQUEST, "unsupported_grant_type", description);
  }

  // RFC 9396, 5

  static ProtocolError invalidAuthorizationDetails(String description) {
    return new ProtocolError(BAD_REQUEST, "invalid_authorization_details", description);
  }

  // RFC 6750, 3

  /** No token at all: nothing more is said (RFC 6750, 3.1). */
  static ProtocolError noToken() {
    return new ProtocolError(UNAUTHORIZED, null, null);
  }

  static ProtocolError invalidToken(String description) {
    return new ProtocolError(UNAUTHORIZED, "invalid_token", description);
  }

  // OpenID4VCI 1.0, 8.3.1.2

  static ProtocolError invalidCredentialRequest(String description) {
    return new ProtocolError(BAD_REQUEST, "invalid_credential_request", description);
  }

  static ProtocolError unknownConfiguration() {
    return new ProtocolError(
        BAD_REQUEST,
        "unknown_credential_configuration",
        "The token is not for a configuration of that id");
  }

  static ProtocolError unknownIdentifier() {
    return new ProtocolError(
        BAD_REQUEST,
        "unknown_credential_identifier",
        "The token response has given out no such identifier");
  }

  static ProtocolError invalidProof(String description) {
    return new ProtocolError(BAD_REQUEST, "invalid_proof", description);
  }

  static ProtocolError invalidNonce() {
    return new ProtocolError(
        BAD_REQUEST,
        "invalid_nonce",
        "The nonce is not one of ours, too old, or was used before; get a new one");
  }

  static ProtocolError invalidEncryptionParameters() {
    return new ProtocolError(
        BAD_REQUEST,
        "invalid_encryption_parameters",
        "Responses are not encrypted here; leave credential_response_encryption out");
  }

  static ProtocolError denied(String description) {
    return new ProtocolError(BAD_REQUEST, "credential_request_denied", description);
  }

  // OpenID4VCI 1.0, 11.3

  static ProtocolError invalidNotificationId() {
    return new ProtocolError(
        BAD_REQUEST, "invalid_notification_id", "The token is not for a notification of that id");
  }

  static ProtocolError invalidNotificationRequest(String description) {
    return new ProtocolError(BAD_REQUEST, "invalid_notification_request", description);
  }

  int status() {
    return status;
  }

  Body body() {
    return body;
  }
}
