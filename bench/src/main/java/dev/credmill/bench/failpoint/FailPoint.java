package dev.credmill.bench.failpoint;

import dev.credmill.bench.installation.Service;

/** The exact steps at which a process is worth killing: between two things that must agree. */
public enum FailPoint {
  ROWS_STORED_NOT_RELAYED(Service.BATCH_API, "dev/credmill/batch/relay/Relay", "reserveAndPublish"),
  RELAYED_CURSOR_NOT_MOVED(Service.BATCH_API, "dev/credmill/batch/relay/RelayTable", "published"),
  STATUS_RESERVED_NOT_SIGNED(
      Service.ISSUANCE_WORKER, "dev/credmill/issuance/request/SigningPool", "each"),
  SIGNED_NOT_STORED(
      Service.ISSUANCE_WORKER,
      "dev/credmill/issuance/credential/CredentialTable",
      "insertWhereNone"),
  STORED_NOT_ANNOUNCED(
      Service.ISSUANCE_WORKER, "dev/credmill/contracts/event/EventPublisher", "publish"),
  ISSUED_MESSAGE_NOT_REQUESTED(
      Service.BATCH_API, "dev/credmill/batch/outcome/MessagesWanted", "of"),
  CLAIMED_NOT_SENT(
      Service.NOTIFICATION_WORKER, "dev/credmill/notification/email/EmailSender", "send"),
  TAKEN_NOT_RECORDED(
      Service.NOTIFICATION_WORKER, "dev/credmill/notification/delivery/Deliveries", "record");

  private final Service service;
  private final String type;
  private final String method;

  FailPoint(Service service, String type, String method) {
    this.service = service;
    this.type = type;
    this.method = method;
  }

  /** Whose process ends there. */
  public Service service() {
    return service;
  }

  /**
   * Whether it is in that class of that process; services share classes.
   *
   * @param command how the process was started
   */
  boolean in(String internalName, String command) {
    return type.equals(internalName) && command.contains(service.module());
  }

  boolean at(String methodName) {
    return method.equals(methodName);
  }
}
