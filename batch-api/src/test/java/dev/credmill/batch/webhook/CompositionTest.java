package dev.credmill.batch.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credmill.contracts.event.DeliveryStatus;
import dev.credmill.contracts.event.Medium;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CompositionTest {
  private static final Instant AT = Instant.parse("2026-11-23T09:00:00Z");
  private final Composition composition = new Composition(10);

  @Test
  void rowsOfManyEntriesFillMessages() {
    // When
    composition.add(1, AT, issued("2-8"));
    composition.add(2, AT.plusSeconds(1), issued("9-15"));
    composition.add(3, AT.plusSeconds(2), issued("16-21"));
    // Then
    assertThat(composition.messages())
        .containsExactly(message(AT.plusSeconds(1), "2-11"), message(AT.plusSeconds(2), "12-21"));
    assertThat(composition.used()).containsExactly(1L, 2L, 3L);
    assertThat(composition.cut()).isEmpty();
  }

  @Test
  void whatIsNotEnoughForAMessageStaysWhereItIs() {
    // When
    composition.add(1, AT, issued("2-8"));
    composition.add(2, AT, issued("9-14"));
    composition.add(3, AT, issued("15-16"));
    // Then
    assertThat(composition.messages()).containsExactly(message(AT, "2-11"));
    assertThat(composition.used()).containsExactly(1L);
    assertThat(composition.cut()).contains(new Composition.Cut(2, issued("12-14")));
  }

  @Test
  void whatHasWaitedLongEnoughIsAMessageHoweverSmall() {
    // Given
    composition.add(1, AT, issued("2-8"));
    composition.add(2, AT, issued("9-14"));
    // When
    composition.closeAll();
    // Then
    assertThat(composition.messages()).containsExactly(message(AT, "2-11"), message(AT, "12-14"));
    assertThat(composition.used()).containsExactly(1L, 2L);
    assertThat(composition.cut()).isEmpty();
  }

  @Test
  void oneEntryMayFillSeveralMessages() {
    // When
    composition.add(1, AT, issued("2-36"));
    // Then
    assertThat(composition.messages()).hasSize(3);
    assertThat(composition.used()).isEmpty();
    assertThat(composition.cut()).contains(new Composition.Cut(1, issued("32-36")));
  }

  @Test
  void rowsOfWhichSomethingElseIsToldStayApart() {
    // Given
    RowsPart.What sent = new RowsPart.What(Medium.EMAIL, DeliveryStatus.SENT, null);
    RowsPart.What delivered = new RowsPart.What(Medium.SMS, DeliveryStatus.DELIVERED, null);
    composition.add(1, AT, new RowsPart(sent, RowNumbers.parse("2-3")));
    composition.add(2, AT, new RowsPart(delivered, RowNumbers.parse("3")));
    composition.add(3, AT, new RowsPart(sent, RowNumbers.parse("5")));
    // When
    composition.closeAll();
    // Then
    assertThat(composition.messages().getFirst().parts())
        .containsExactly(
            new RowsPart(sent, RowNumbers.parse("2-3,5")),
            new RowsPart(delivered, RowNumbers.parse("3")));
  }

  private static RowsPart issued(String rows) {
    return new RowsPart(RowsPart.What.NOTHING_MORE, RowNumbers.parse(rows));
  }

  private static Composition.Message message(Instant at, String rows) {
    return new Composition.Message(at, java.util.List.of(issued(rows)));
  }
}
