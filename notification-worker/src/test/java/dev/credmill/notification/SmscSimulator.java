package dev.credmill.notification;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jsmpp.bean.BroadcastSm;
import org.jsmpp.bean.CancelBroadcastSm;
import org.jsmpp.bean.CancelSm;
import org.jsmpp.bean.DataCodings;
import org.jsmpp.bean.DataSm;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.EnquireLink;
import org.jsmpp.bean.MessageType;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.QueryBroadcastSm;
import org.jsmpp.bean.QuerySm;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.ReplaceSm;
import org.jsmpp.bean.SubmitMulti;
import org.jsmpp.bean.SubmitSm;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.session.BroadcastSmResult;
import org.jsmpp.session.DataSmResult;
import org.jsmpp.session.QueryBroadcastSmResult;
import org.jsmpp.session.QuerySmResult;
import org.jsmpp.session.SMPPServerSession;
import org.jsmpp.session.SMPPServerSessionListener;
import org.jsmpp.session.ServerMessageReceiverListener;
import org.jsmpp.session.Session;
import org.jsmpp.session.SubmitMultiResult;
import org.jsmpp.session.SubmitSmResult;
import org.jsmpp.util.MessageId;

/**
 * An SMSC: takes segments, or does as it was told to. It names them in hexadecimal, and in receipts
 * in decimal, as many do.
 */
public class SmscSimulator implements QuarkusTestResourceLifecycleManager {
  /** What it does with one segment. */
  public sealed interface Answer {
    /** A command_status. */
    record Status(int commandStatus) implements Answer {}

    /** It takes the segment, and the link breaks before it says so. */
    record Drop() implements Answer {}

    /** It takes the segment and never says so. */
    record Silence() implements Answer {}

    /** The receipt comes before the answer. */
    record ReceiptFirst(String state) implements Answer {}
  }

  /** A segment that it took. */
  public record Segment(int id, SubmitSm submitSm) {
    byte[] body() {
      return submitSm.getShortMessage();
    }
  }

  private final Map<String, Deque<Answer>> scripts = new ConcurrentHashMap<>();
  private final Map<String, List<Segment>> taken = new ConcurrentHashMap<>();
  private final AtomicInteger ids = new AtomicInteger(0xABC);
  private final AtomicInteger binds = new AtomicInteger();
  private final CountDownLatch end = new CountDownLatch(1);
  private SMPPServerSessionListener listener;
  private volatile SMPPServerSession session;

  /** What it does with the next segments for this number; then it takes everything. */
  void script(String number, Answer... answers) {
    scripts.put(number.substring(1), new ArrayDeque<>(List.of(answers)));
  }

  List<Segment> taken(String number) {
    return taken.getOrDefault(number.substring(1), List.of());
  }

  int binds() {
    return binds.get();
  }

  /** Says what became of a segment. */
  void receipt(int id, String state, String error) throws Exception {
    receipt(
        "id:%010d sub:001 dlvrd:001 submit date:2611231000 done date:2611231001 stat:%s err:%s text:..."
            .formatted(id, state, error));
  }

  void receipt(String text, OptionalParameter... parameters) throws Exception {
    session.deliverShortMessage(
        "",
        TypeOfNumber.INTERNATIONAL,
        NumberingPlanIndicator.ISDN,
        "4930901820",
        TypeOfNumber.ALPHANUMERIC,
        NumberingPlanIndicator.UNKNOWN,
        "Acme",
        new ESMClass().setMessageType(MessageType.SMSC_DEL_RECEIPT),
        (byte) 0,
        (byte) 0,
        new RegisteredDelivery(0),
        DataCodings.ZERO,
        text.getBytes(ISO_8859_1),
        parameters);
  }

  @Override
  public Map<String, String> start() {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      listener = new SMPPServerSessionListener(port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    listener.setMessageReceiverListener(new Receiver());
    listener.setPduProcessorDegree(8);
    Thread.ofVirtual().name("smsc").start(this::accept);
    return Map.of(
        "notification.sms.provider", "smpp",
        "notification.sms.smpp.port", Integer.toString(port),
        "notification.sms.smpp.system-id", "credmill",
        "notification.sms.smpp.password", "secret",
        "notification.sms.smpp.source", "Acme",
        "notification.sms.smpp.per-second", "50",
        "notification.sms.smpp.receipt-ids", "hex-then-decimal",
        "notification.sms.smpp.lasting-errors", "001",
        "notification.send-timeout", "PT2S");
  }

  private void accept() {
    while (end.getCount() > 0) {
      try {
        SMPPServerSession next = listener.accept();
        next.waitForBind(5_000).accept("smsc");
        session = next;
        binds.incrementAndGet();
      } catch (Exception _) {
        // One that does not get as far as to bind, or the end.
      }
    }
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(this, new TestInjector.MatchesType(SmscSimulator.class));
  }

  @Override
  public void stop() {
    end.countDown();
    try {
      if (listener != null) {
        listener.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class Receiver implements ServerMessageReceiverListener {
    @Override
    public SubmitSmResult onAcceptSubmitSm(SubmitSm submitSm, SMPPServerSession source)
        throws ProcessRequestException {
      Deque<Answer> script = scripts.getOrDefault(submitSm.getDestAddress(), new ArrayDeque<>());
      Answer answer = script.poll();
      if (answer instanceof Answer.Status(int commandStatus)) {
        throw new ProcessRequestException("as the script says", commandStatus);
      }
      Segment segment = new Segment(ids.incrementAndGet(), submitSm);
      taken
          .computeIfAbsent(submitSm.getDestAddress(), _ -> new CopyOnWriteArrayList<>())
          .add(segment);
      try {
        switch (answer) {
          case Answer.Drop _ -> source.close();
          case Answer.Silence _ -> end.await();
          case Answer.ReceiptFirst(String state) -> receipt(segment.id(), state, "000");
          case Answer.Status _ -> {}
          case null -> {}
        }
        return new SubmitSmResult(
            new MessageId(Integer.toHexString(segment.id()).toUpperCase(Locale.ROOT)),
            new OptionalParameter[0]);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public SubmitMultiResult onAcceptSubmitMulti(SubmitMulti submitMulti, SMPPServerSession s) {
      throw new UnsupportedOperationException();
    }

    @Override
    public QuerySmResult onAcceptQuerySm(QuerySm querySm, SMPPServerSession s) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void onAcceptReplaceSm(ReplaceSm replaceSm, SMPPServerSession s) {}

    @Override
    public void onAcceptCancelSm(CancelSm cancelSm, SMPPServerSession s) {}

    @Override
    public BroadcastSmResult onAcceptBroadcastSm(BroadcastSm broadcastSm, SMPPServerSession s) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void onAcceptCancelBroadcastSm(CancelBroadcastSm cancel, SMPPServerSession s) {}

    @Override
    public QueryBroadcastSmResult onAcceptQueryBroadcastSm(
        QueryBroadcastSm query, SMPPServerSession s) {
      throw new UnsupportedOperationException();
    }

    @Override
    public DataSmResult onAcceptDataSm(DataSm dataSm, Session s) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void onAcceptEnquireLink(EnquireLink enquireLink, Session s) {}
  }
}
