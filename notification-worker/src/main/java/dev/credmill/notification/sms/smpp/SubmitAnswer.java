package dev.credmill.notification.sms.smpp;

import dev.credmill.notification.delivery.Attempt;
import java.time.Duration;
import java.time.Instant;
import org.jsmpp.SMPPConstant;

/** What an SMSC's refusal of a segment means (SMPP 3.4, 5.1.3). */
final class SubmitAnswer {
  private static final Duration THROTTLED = Duration.ofSeconds(1);

  private SubmitAnswer() {}

  static Attempt attempt(int commandStatus, Instant now) {
    String words = "SMSC: command_status 0x%08X".formatted(commandStatus);
    return switch (commandStatus) {
      case SMPPConstant.STAT_ESME_RTHROTTLED ->
          new Attempt.Deferred(now.plus(THROTTLED), words + ", too much at once");
      // Queues are full for one recipient or for all; it does not say which.
      case SMPPConstant.STAT_ESME_RMSGQFUL -> new Attempt.Postponed(words + ", its queue is full");
      case SMPPConstant.STAT_ESME_RSYSERR,
          SMPPConstant.STAT_ESME_RX_T_APPN,
          SMPPConstant.STAT_ESME_RSUBMITFAIL,
          SMPPConstant.STAT_ESME_RUNKNOWNERR ->
          new Attempt.Postponed(words);
      // The link or our name is at fault, so nothing would be taken.
      case SMPPConstant.STAT_ESME_RINVBNDSTS,
          SMPPConstant.STAT_ESME_RBINDFAIL,
          SMPPConstant.STAT_ESME_RINVSRCADR,
          SMPPConstant.STAT_ESME_RINVSRCTON,
          SMPPConstant.STAT_ESME_RINVSRCNPI,
          SMPPConstant.STAT_ESME_RINVSERTYP,
          SMPPConstant.STAT_ESME_RINVSYSTYP ->
          new Attempt.Unreachable(words + ", which is for the operator to set right");
      case SMPPConstant.STAT_ESME_RINVDSTADR ->
          new Attempt.Refused(words + ", not a number that it sends to");
      default -> new Attempt.Refused(words);
    };
  }
}
