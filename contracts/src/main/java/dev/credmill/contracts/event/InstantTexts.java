package dev.credmill.contracts.event;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/**
 * Times in events, as ISO 8601 in UTC. The rows of a chunk have nearly all of their times in
 * common, so the last ones are remembered: reading and writing them took an eighth of the
 * consumers' time.
 */
final class InstantTexts {
  private static final int SLOTS = 64;

  private record Pair(Instant instant, String text) {}

  // Immutable pairs in plain arrays: a thread sees an earlier pair at worst, never half of one.
  private final Pair[] byText = new Pair[SLOTS];
  private final Pair[] byInstant = new Pair[SLOTS];

  /** For a mapper: everything about instants. */
  static SimpleModule module() {
    InstantTexts texts = new InstantTexts();
    return new SimpleModule("instants")
        .addSerializer(Instant.class, texts.new Writer())
        .addDeserializer(Instant.class, texts.new Reader());
  }

  private String text(Instant instant) {
    int slot = instant.hashCode() & (SLOTS - 1);
    Pair last = byInstant[slot];
    if (last == null || !last.instant.equals(instant)) {
      last = new Pair(instant, instant.toString());
      byInstant[slot] = last;
    }
    return last.text;
  }

  private Instant instant(String text) {
    int slot = text.hashCode() & (SLOTS - 1);
    Pair last = byText[slot];
    if (last == null || !last.text.equals(text)) {
      last = new Pair(Instant.parse(text), text);
      byText[slot] = last;
    }
    return last.instant;
  }

  private final class Writer extends JsonSerializer<Instant> {
    @Override
    public void serialize(Instant value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(text(value));
    }
  }

  private final class Reader extends JsonDeserializer<Instant> {
    @Override
    public Instant deserialize(JsonParser json, DeserializationContext context) throws IOException {
      String text = json.getText();
      try {
        return instant(text);
      } catch (DateTimeParseException e) {
        return (Instant) context.handleWeirdStringValue(Instant.class, text, "not a time");
      }
    }
  }
}
