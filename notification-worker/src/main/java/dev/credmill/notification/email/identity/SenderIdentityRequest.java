package dev.credmill.notification.email.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.credmill.contracts.problem.ProblemType;
import java.math.BigDecimal;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A sender identity as it is entered. */
@Schema(name = "NewSenderIdentity")
public record SenderIdentityRequest(
    @Schema(
            nullable = true,
            description =
                "The address that messages come from. Needed with a server; without one only addresses in domains that the operator allows",
            examples = "diplomas@acme.example.com")
        String from,
    @Schema(
            nullable = true,
            description = "The name before it; the organization's name if left out",
            examples = "Acme University, Registrar")
        String fromName,
    @Schema(
            nullable = true,
            description = "Whom recipients write to when they answer",
            examples = "registrar@acme.example.com")
        String replyTo,
    @Schema(nullable = true, description = "Your mail server; ours if left out") Server server,
    @Schema(
            nullable = true,
            description =
                "Where messages over your server come back to; to `from`, unread by us, if left out")
        Mailbox bounces,
    @Schema(
            nullable = true,
            description =
                "How many messages each of our instances may begin in a minute over your server",
            examples = "300")
        Integer perMinute) {

  /** As a body has it: left to itself, Jackson would cut 1.5 down to 1. */
  @JsonCreator
  static SenderIdentityRequest of(
      @JsonProperty("from") String from,
      @JsonProperty("fromName") String fromName,
      @JsonProperty("replyTo") String replyTo,
      @JsonProperty("server") Server server,
      @JsonProperty("bounces") Mailbox bounces,
      @JsonProperty("perMinute") BigDecimal perMinute) {
    return new SenderIdentityRequest(
        from, fromName, replyTo, server, bounces, whole("perMinute", perMinute));
  }

  /** Never says whom. */
  @Override
  public String toString() {
    return "sender identity";
  }

  /** A mail server as it is entered. */
  @Schema(name = "NewMailServer")
  public record Server(
      @Schema(description = "Its name", examples = "smtp.acme.example.com") String host,
      @Schema(
              description =
                  "465, 587 or 2525, or what the operator allows; 465 for TLS and 587 for all else if it is left out",
              examples = "587")
          Integer port,
      @Schema(
              description =
                  "NONE, STARTTLS (the usual one but at 465; nothing is sent where the server does not offer it) or TLS (from the first byte on)",
              examples = "STARTTLS")
          Security security,
      @Schema(
              nullable = true,
              description =
                  "With which to log in; needed unless the operator allows servers without",
              examples = "diplomas@acme.example.com")
          String user,
      @Schema(
              nullable = true,
              description =
                  "Never shown. Left out, the one there is stays, as long as host and user do and security does not fall to NONE",
              examples = "correct horse battery staple")
          String password) {

    @JsonCreator
    static Server of(
        @JsonProperty("host") String host,
        @JsonProperty("port") BigDecimal port,
        @JsonProperty("security") Security security,
        @JsonProperty("user") String user,
        @JsonProperty("password") String password) {
      return new Server(host, whole("server.port", port), security, user, password);
    }

    /** Never says what is secret. */
    @Override
    public String toString() {
      return "mail server";
    }
  }

  /** Where messages come back to, as it is entered. */
  @Schema(name = "NewBounceMailbox")
  public record Mailbox(
      @Schema(
              description =
                  "Each message has a return path of its own made of it, bounces+<id>@acme.example.com; your server must deliver all that begin so",
              examples = "bounces@acme.example.com")
          String address,
      @Schema(
              nullable = true,
              description = "The IMAP server of that mailbox; without it we read nothing",
              examples = "imap.acme.example.com")
          String host,
      @Schema(
              nullable = true,
              description = "143 or 993; 993 if left out, 143 for STARTTLS and NONE",
              examples = "993")
          Integer port,
      @Schema(
              nullable = true,
              description =
                  "NONE, STARTTLS (the usual one at 143; nobody logs in where the server does not offer it) or TLS (from the first byte on, the usual one at all others)",
              examples = "TLS")
          Security security,
      @Schema(
              nullable = true,
              description = "Needed with a host",
              examples = "bounces@acme.example.com")
          String user,
      @Schema(
              nullable = true,
              description =
                  "Never shown. Left out, the one there is stays, as long as host and user do and security does not fall to NONE",
              examples = "correct horse battery staple")
          String password,
      @Schema(nullable = true, description = "INBOX if left out", examples = "INBOX")
          String folder) {

    @JsonCreator
    static Mailbox of(
        @JsonProperty("address") String address,
        @JsonProperty("host") String host,
        @JsonProperty("port") BigDecimal port,
        @JsonProperty("security") Security security,
        @JsonProperty("user") String user,
        @JsonProperty("password") String password,
        @JsonProperty("folder") String folder) {
      return new Mailbox(
          address, host, whole("bounces.port", port), security, user, password, folder);
    }

    /** Never says what is secret. */
    @Override
    public String toString() {
      return "mailbox";
    }
  }

  private static Integer whole(String member, BigDecimal number) {
    try {
      return number == null ? null : number.intValueExact();
    } catch (ArithmeticException _) {
      throw ProblemType.INVALID_BODY.because(member + " is a whole number");
    }
  }
}
