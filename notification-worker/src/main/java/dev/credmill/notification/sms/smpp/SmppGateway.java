package dev.credmill.notification.sms.smpp;

import dev.credmill.notification.NotificationConfig;
import dev.credmill.notification.delivery.Attempt;
import dev.credmill.notification.sms.Gateway;
import dev.credmill.notification.sms.Sms;
import dev.credmill.notification.sms.smpp.SegmentTable.Segment;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jsmpp.InvalidResponseException;
import org.jsmpp.PDUException;
import org.jsmpp.bean.DataCodings;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.SMSCDeliveryReceipt;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.extra.ResponseTimeoutException;
import org.jsmpp.session.SMPPSession;

/** An SMSC: a submit_sm for each segment, in order. */
@ApplicationScoped
public class SmppGateway implements Gateway {
  private static final Logger LOG = Logger.getLogger(SmppGateway.class);
  private static final int UDH_INDICATOR = 0x40;

  /** A segment is begun no later than this after the first: its answer has to be waited for. */
  private static final Duration LONGEST_BEGINNING = Duration.ofSeconds(3);

  private final NotificationConfig.Sms.Smpp config;
  private final SmscLink link;
  private final SmscIds ids;
  private final SegmentTable table;
  private final Receipts receipts;
  private final Clock clock;

  SmppGateway(
      NotificationConfig config,
      SmscLink link,
      SegmentTable table,
      Receipts receipts,
      Clock clock) {
    this.config = config.sms().smpp();
    this.link = link;
    this.ids = new SmscIds(this.config.receiptIds());
    this.table = table;
    this.receipts = receipts;
    this.clock = clock;
    if (this.config.systemId().isEmpty()) {
      throw new IllegalArgumentException(
          "notification.sms.provider is smpp, so set notification.sms.smpp.system-id");
    }
    link.start();
  }

  @Override
  public int inFlight() {
    return config.window();
  }

  @Override
  public int perSecond() {
    return config.perSecond();
  }

  @Override
  public Attempt send(Sms sms) {
    Optional<SMPPSession> session = link.session();
    return session.isPresent()
        ? send(sms, session.get())
        : new Attempt.Unreachable("The SMSC is not bound to");
  }

  /** What the SMSC took before it refused the rest is not sent to it again. */
  private Attempt send(Sms sms, SMPPSession session) {
    Instant sentAt = clock.instant();
    long latest = System.nanoTime() + LONGEST_BEGINNING.toNanos();
    Set<Integer> before;
    try {
      before = sms.segments() > 1 ? table.numbers(sms.message()) : Set.of();
    } catch (RuntimeException _) {
      return new Attempt.Unreachable("It is not known what the SMSC has of the message");
    }
    List<Segment> taken = new ArrayList<>(sms.segments());
    Attempt attempt = new Attempt.Taken();
    for (Submission submission : Submission.of(sms.message(), sms.text())) {
      if (before.contains(submission.number())) {
        continue;
      }
      if (System.nanoTime() > latest) {
        attempt = new Attempt.Postponed("The SMSC takes long; the rest of the message follows");
        break;
      }
      Optional<Attempt> failure = submit(sms, submission, session, taken);
      if (failure.isPresent()) {
        attempt = failure.get();
        break;
      }
    }
    keep(sms, taken, sentAt);
    return attempt;
  }

  private Optional<Attempt> submit(
      Sms sms, Submission submission, SMPPSession session, List<Segment> taken) {
    try {
      String id = link.call(session, over -> submit(sms, submission, over));
      taken.add(new Segment(submission.number(), ids.answered(id)));
      return Optional.empty();
    } catch (NegativeResponseException e) {
      return Optional.of(SubmitAnswer.attempt(e.getCommandStatus(), clock.instant()));
    } catch (ResponseTimeoutException _) {
      boolean lost = !session.getSessionState().isBound();
      return Optional.of(
          lost
              ? new Attempt.Uncertain("The link to the SMSC was lost", false)
              : new Attempt.Uncertain("The SMSC did not answer in time", true));
    } catch (InvalidResponseException _) {
      return Optional.of(new Attempt.Uncertain("The SMSC's answer cannot be read", false));
    } catch (PDUException _) {
      return Optional.of(new Attempt.Refused("SMPP has no room for such a number"));
    } catch (IOException _) {
      // Before all of it is written, nothing of it is taken.
      return Optional.of(new Attempt.Unreachable("The link to the SMSC was lost"));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private String submit(Sms sms, Submission submission, SMPPSession session) throws Exception {
    return session
        .submitShortMessage(
            "",
            TypeOfNumber.valueOf((byte) config.sourceTon()),
            NumberingPlanIndicator.valueOf((byte) config.sourceNpi()),
            config.source().orElse(""),
            TypeOfNumber.INTERNATIONAL,
            NumberingPlanIndicator.ISDN,
            sms.recipient().replace("+", ""),
            new ESMClass(submission.together() ? UDH_INDICATOR : 0),
            (byte) 0,
            (byte) 0,
            null,
            null,
            new RegisteredDelivery(SMSCDeliveryReceipt.SUCCESS_FAILURE),
            (byte) 0,
            DataCodings.newInstance(submission.dataCoding()),
            (byte) 0,
            submission.shortMessage(),
            new OptionalParameter.User_message_reference(
                (short) sms.message().getLeastSignificantBits()))
        .getMessageId();
  }

  private void keep(Sms sms, List<Segment> taken, Instant sentAt) {
    if (!taken.isEmpty()) {
      try {
        receipts.taken(sms.message(), sms.segments(), taken, sentAt);
      } catch (RuntimeException e) {
        // It went out all the same; only its receipts will find nothing.
        LOG.warnf("how the SMSC names %s could not be kept: %s", sms, e.getMessage());
      }
    }
  }
}
