package dev.credmill.contracts.event;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jboss.logging.Logger;

/**
 * Events as JSON. What cannot be read is told by its place and left out, never thrown: one bad
 * record must not hold up the good ones of its poll.
 */
public final class Events {
  private static final Logger LOG = Logger.getLogger(Events.class);
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(InstantTexts.module())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private Events() {}

  public static byte[] write(Event event) {
    try {
      return writer(event).writeValueAsBytes(event);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static <E extends Event> List<E> read(
      ConsumerRecords<String, byte[]> records, Class<E> type) {
    ObjectReader reader = MAPPER.readerFor(type);
    List<E> events = new ArrayList<>(records.count());
    for (ConsumerRecord<String, byte[]> record : records) {
      try {
        E event = holdsNul(record.value()) ? null : reader.readValue(record.value());
        if (event == null) {
          leaveOut(record, "null or NUL");
        } else {
          events.add(event);
        }
      } catch (IOException | IllegalArgumentException e) {
        leaveOut(record, e.getClass().getSimpleName());
      }
    }
    return events;
  }

  /**
   * No text of ours has a NUL, and PostgreSQL takes none: such an event would fail for ever in the
   * database, and hold up its partition.
   */
  private static boolean holdsNul(byte[] json) {
    if (json == null) {
      return true;
    }
    for (int i = 0; i + 5 < json.length; i++) {
      if (json[i] != '\\') {
        continue;
      }
      if (json[i + 1] == 'u'
          && json[i + 2] == '0'
          && json[i + 3] == '0'
          && json[i + 4] == '0'
          && json[i + 5] == '0') {
        return true;
      }
      i++; // an escaped backslash escapes nothing itself: the text "\\u0000" is harmless
    }
    return false;
  }

  /** The message of a parser quotes what it read, which may be personal: tell the place only. */
  private static void leaveOut(ConsumerRecord<String, byte[]> record, String why) {
    LOG.errorf(
        "left out an event that cannot be read: topic %s, partition %d, offset %d, %s",
        record.topic(), record.partition(), record.offset(), why);
  }

  private static ObjectWriter writer(Event event) {
    return switch (event) {
      case CredentialRequested _ -> Writers.REQUESTED;
      case CredentialOutcome _ -> Writers.OUTCOME;
      case DeliveryRequested _ -> Writers.DELIVERY_REQUESTED;
      case DeliveryOutcome _ -> Writers.DELIVERY_OUTCOME;
      case StatusRequested _ -> Writers.STATUS_REQUESTED;
      case CredentialChanged _ -> Writers.CREDENTIAL_CHANGED;
    };
  }

  private static final class Writers {
    static final ObjectWriter REQUESTED = MAPPER.writerFor(CredentialRequested.class);
    static final ObjectWriter OUTCOME = MAPPER.writerFor(CredentialOutcome.class);
    static final ObjectWriter DELIVERY_REQUESTED = MAPPER.writerFor(DeliveryRequested.class);
    static final ObjectWriter DELIVERY_OUTCOME = MAPPER.writerFor(DeliveryOutcome.class);
    static final ObjectWriter STATUS_REQUESTED = MAPPER.writerFor(StatusRequested.class);
    static final ObjectWriter CREDENTIAL_CHANGED = MAPPER.writerFor(CredentialChanged.class);
  }
}
