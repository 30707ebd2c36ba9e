package dev.credmill.notification;

import static io.restassured.RestAssured.given;

import dev.credmill.contracts.id.RowId;
import dev.credmill.notification.callback.sendgrid.SignedEvents;
import dev.credmill.notification.callback.ses.Amazon;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Arrays;

/** What providers call, in the shapes that their documentation gives it. */
@ApplicationScoped
class Callbacks {
  static final String PATH = "/callbacks/email/";
  private final DeliveryTable table;

  Callbacks(DeliveryTable table) {
    this.table = table;
  }

  /** How a row's message is named. */
  String hex(RowId row) {
    return table.read(row, "message").replace("-", "");
  }

  // Amazon SES

  String sesDelivered(RowId row) {
    return ses(
        row,
        "Delivery",
        """
        "delivery": {"timestamp": "%s", "processingTimeMillis": 546, "recipients": ["ada@example.net"],
          "smtpResponse": "250 ok: Message 64111812 accepted", "reportingMTA": "a8-70.smtp-out.amazonses.com"}
        """
            .formatted(Instant.now()));
  }

  String sesBounced(RowId row, String type, String subType, String status, String diagnostic) {
    return ses(
        row,
        "Bounce",
        """
        "bounce": {"bounceType": "%s", "bounceSubType": "%s", "timestamp": "%s", "feedbackId": "0100-1",
          "bouncedRecipients": [{"emailAddress": "ada@example.net", "action": "failed", "status": "%s",
            "diagnosticCode": "smtp; %s"}], "reportingMTA": "dsn; a8-70.smtp-out.amazonses.com"}
        """
            .formatted(type, subType, Instant.now(), status, diagnostic));
  }

  String sesComplained(RowId row) {
    return ses(
        row,
        "Complaint",
        """
        "complaint": {"complainedRecipients": [{"emailAddress": "ada@example.net"}], "timestamp": "%s",
          "feedbackId": "0100-2", "complaintFeedbackType": "abuse", "complaintSubType": null}
        """
            .formatted(Instant.now()));
  }

  /** With the return path alone, as feedback notifications have it without original headers. */
  private String ses(RowId row, String kind, String what) {
    return """
    {"notificationType": "%s", "mail": {"timestamp": "%s", "messageId": "0100018b-1", "sourceIp": "127.0.3.0",
      "source": "bounces+%s@credentials.example.org", "destination": ["ada@example.net"]}, %s}
    """
        .formatted(kind, Instant.now(), hex(row), what);
  }

  static ValidatableResponse ses(String path, String body) {
    return given()
        .contentType("text/plain; charset=UTF-8")
        .header("x-amz-sns-message-type", "Notification")
        .body(body)
        .post(PATH + path)
        .then();
  }

  static ValidatableResponse ses(String event) {
    return ses("ses", Amazon.notification(Amazon.TOPIC, event));
  }

  // Postmark

  String postmarkDelivered(RowId row) {
    return postmark(
        row,
        "Delivery",
        "\"Recipient\": \"ada@example.net\", \"DeliveredAt\": \"%s\", \"Details\": \"250 OK\""
            .formatted(Instant.now()));
  }

  String postmarkBounced(RowId row, String type, int code, String details) {
    return postmark(
        row,
        "Bounce",
        "\"ID\": 42, \"Type\": \"%s\", \"TypeCode\": %d, \"Name\": \"%s\", \"Details\": \"%s\", \"Email\": \"ada@example.net\", \"BouncedAt\": \"%s\", \"Inactive\": true"
            .formatted(type, code, type, details, Instant.now()));
  }

  String postmarkComplained(RowId row) {
    return postmark(
        row,
        "SpamComplaint",
        "\"ID\": 43, \"Type\": \"SpamComplaint\", \"TypeCode\": 100001, \"Email\": \"ada@example.net\", \"BouncedAt\": \"%s\""
            .formatted(Instant.now()));
  }

  private String postmark(RowId row, String type, String what) {
    return """
    {"RecordType": "%s", "MessageStream": "outbound", "MessageID": "883953f4-6105-42a2-a16a-77a8eac79483",
     "ServerID": 23, "Tag": "", "Metadata": {"credmill": "%s"}, %s}
    """
        .formatted(type, hex(row), what);
  }

  static ValidatableResponse postmark(String path, String user, String password, String body) {
    return given()
        .auth()
        .preemptive()
        .basic(user, password)
        .contentType(ContentType.JSON)
        .body(body)
        .post(PATH + path)
        .then();
  }

  static ValidatableResponse postmark(String event) {
    return postmark("postmark", CallbackTestResource.USER, CallbackTestResource.PASSWORD, event);
  }

  // SendGrid

  String sendGrid(RowId row, String event, String more) {
    return """
    {"email": "ada@example.net", "timestamp": %d, "smtp-id": "<14c5d75ce93.dfd.64b469@ismtpd-555>", "event": "%s",
     "sg_event_id": "x1", "sg_message_id": "14c5d75ce93.dfd.64b469.filter0001.16648.0", "credmill": "%s"%s}
    """
        .formatted(Instant.now().getEpochSecond(), event, hex(row), more);
  }

  static ValidatableResponse sendGrid(String path, String body, Instant at) {
    return given()
        .headers(SignedEvents.headers(body, at))
        .contentType(ContentType.JSON)
        .body(body)
        .post(PATH + path)
        .then();
  }

  static ValidatableResponse sendGrid(String... events) {
    return sendGrid("sendgrid", "[" + String.join(",", Arrays.asList(events)) + "]", Instant.now());
  }
}
