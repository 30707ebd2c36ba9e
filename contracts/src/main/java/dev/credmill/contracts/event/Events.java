package dev.credmill.contracts.event;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
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
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
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
        events.add(reader.readValue(record.value()));
      } catch (IOException | IllegalArgumentException e) {
        // The message of a parser quotes what it read, which may be personal: tell the place only.
        LOG.errorf(
            "left out an event that cannot be read: topic %s, partition %d, offset %d, %s",
            record.topic(), record.partition(), record.offset(), e.getClass().getSimpleName());
      }
    }
    return events;
  }

  private static ObjectWriter writer(Event event) {
    return switch (event) {
      case CredentialRequested _ -> Writers.REQUESTED;
      case CredentialOutcome _ -> Writers.OUTCOME;
      case DeliveryRequested _ -> Writers.DELIVERY_REQUESTED;
      case DeliveryOutcome _ -> Writers.DELIVERY_OUTCOME;
    };
  }

  private static final class Writers {
    static final ObjectWriter REQUESTED = MAPPER.writerFor(CredentialRequested.class);
    static final ObjectWriter OUTCOME = MAPPER.writerFor(CredentialOutcome.class);
    static final ObjectWriter DELIVERY_REQUESTED = MAPPER.writerFor(DeliveryRequested.class);
    static final ObjectWriter DELIVERY_OUTCOME = MAPPER.writerFor(DeliveryOutcome.class);
  }
}
