package dev.credmill.notification.sms.smpp;

import dev.credmill.notification.NotificationConfig;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jboss.logging.Logger;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.AlertNotification;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.DataSm;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.bean.EnquireLink;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.extra.SessionState;
import org.jsmpp.session.BindParameter;
import org.jsmpp.session.DataSmResult;
import org.jsmpp.session.MessageReceiverListener;
import org.jsmpp.session.SMPPSession;
import org.jsmpp.session.Session;

/**
 * The session with the SMSC, made anew for as long as the process lives: receipts come over it
 * though nothing is to be sent.
 */
@ApplicationScoped
class SmscLink {
  private static final Logger LOG = Logger.getLogger(SmscLink.class);
  private static final Duration FIRST_REST = Duration.ofMillis(500);
  private static final Duration LONGEST_REST = Duration.ofSeconds(30);

  /** After the dispatchers have ended, before the database is closed. */
  private static final int AFTER_DISPATCHERS = 200;

  /** Receipts taken side by side; answers to submit_sm wait behind them. */
  private static final int RECEIVERS = 8;

  private static final int QUEUE = 1_000;

  private final NotificationConfig.Sms.Smpp config;
  private final Duration timeout;
  private final Receipts receipts;
  private final SmscIds ids;

  /** Who waits for an answer that cannot come any more once the link is lost. */
  private final Map<Thread, SMPPSession> waiting = new ConcurrentHashMap<>();

  private volatile SMPPSession session;
  private volatile Thread keeper;

  SmscLink(NotificationConfig config, Receipts receipts) {
    this.config = config.sms().smpp();
    this.timeout = config.sendTimeout();
    this.receipts = receipts;
    this.ids = new SmscIds(this.config.receiptIds());
  }

  /** A request over the session. */
  interface Call<T> {
    T over(SMPPSession session) throws Exception;
  }

  void start() {
    // Known before it runs: it ends where another took its place.
    keeper = Thread.ofVirtual().name("smsc-link").unstarted(this::keep);
    keeper.start();
  }

  /** The session, where there is one over which something can be sent. */
  Optional<SMPPSession> session() {
    return Optional.ofNullable(session).filter(one -> one.getSessionState().isTransmittable());
  }

  /** Makes the call, and breaks off waiting for its answer when the session ends. */
  <T> T call(SMPPSession over, Call<T> call) throws Exception {
    Thread caller = Thread.currentThread();
    waiting.put(caller, over);
    try {
      return call.over(over);
    } finally {
      waiting.remove(caller);
      // What it is interrupted for is over; what comes next is not to be.
      Thread.interrupted();
    }
  }

  private void keep() {
    Duration rest = FIRST_REST;
    try {
      while (keeper == Thread.currentThread()) {
        CountDownLatch ended = new CountDownLatch(1);
        if (bind(ended)) {
          rest = FIRST_REST;
          ended.await();
          LOG.info("the link to the SMSC was lost");
        }
        Thread.sleep(rest);
        rest = rest.compareTo(LONGEST_REST) < 0 ? rest.multipliedBy(2) : LONGEST_REST;
      }
    } catch (InterruptedException _) {
      // The process ends.
    }
  }

  private boolean bind(CountDownLatch ended) {
    SMPPSession fresh = new SMPPSession(new SmscSockets(config.tls(), timeout));
    fresh.setTransactionTimer(timeout.toMillis());
    fresh.setEnquireLinkTimer(Math.toIntExact(config.enquireLink().toMillis()));
    fresh.setPduProcessorDegree(RECEIVERS);
    fresh.setQueueCapacity(QUEUE);
    fresh.setMessageReceiverListener(new Receiver());
    fresh.addSessionStateListener((state, _, source) -> changed(state, source, ended));
    try {
      fresh.connectAndBind(
          config.host(),
          config.port(),
          new BindParameter(
              BindType.BIND_TRX,
              config.systemId().orElse(""),
              config.password().orElse(""),
              config.systemType().orElse(""),
              TypeOfNumber.UNKNOWN,
              NumberingPlanIndicator.UNKNOWN,
              null),
          timeout.toMillis());
      session = fresh;
      LOG.info("bound to the SMSC");
      return true;
    } catch (IOException | RuntimeException e) {
      LOG.warnf("the SMSC cannot be bound to: %s", e.getMessage());
      fresh.close();
      return false;
    }
  }

  private void changed(SessionState state, Session source, CountDownLatch ended) {
    if (state == SessionState.CLOSED) {
      ended.countDown();
      // In one step, or it could hit what the thread does next.
      waiting
          .keySet()
          .forEach(
              thread ->
                  waiting.computeIfPresent(
                      thread,
                      (caller, over) -> {
                        if (over == source) {
                          caller.interrupt();
                        }
                        return over;
                      }));
    }
  }

  /** What the SMSC sends by itself. */
  private final class Receiver implements MessageReceiverListener {
    @Override
    public void onAcceptDeliverSm(DeliverSm deliverSm) throws ProcessRequestException {
      try {
        // What recipients write is nobody's to read here; it is acknowledged, or it would come
        // again.
        Receipt.of(deliverSm, ids).ifPresent(receipts::add);
      } catch (RuntimeException e) {
        LOG.warnf("a receipt could not be kept; the SMSC is to send it again: %s", e.getMessage());
        throw new ProcessRequestException("not kept", SMPPConstant.STAT_ESME_RX_T_APPN);
      }
    }

    @Override
    public void onAcceptAlertNotification(AlertNotification alertNotification) {}

    @Override
    public DataSmResult onAcceptDataSm(DataSm dataSm, Session source)
        throws ProcessRequestException {
      throw new ProcessRequestException("not taken", SMPPConstant.STAT_ESME_RX_R_APPN);
    }

    @Override
    public void onAcceptEnquireLink(EnquireLink enquireLink, Session source) {}
  }

  void stop(@Observes @Priority(AFTER_DISPATCHERS) ShutdownEvent stopping) {
    Thread last = keeper;
    if (last != null) {
      keeper = null;
      last.interrupt();
      Optional.ofNullable(session).ifPresent(SMPPSession::unbindAndClose);
    }
  }
}
