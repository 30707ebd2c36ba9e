package dev.credmill.contracts.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeliveryStatusTest {
  @Test
  void aMessageNeverGoesBackward() {
    for (DeliveryStatus status : DeliveryStatus.values()) {
      assertThat(status.from()).allSatisfy(before -> assertThat(before).isLessThan(status));
    }
  }

  @Test
  void whatFailedOrBouncedStaysSo() {
    for (DeliveryStatus status : DeliveryStatus.values()) {
      assertThat(status.from())
          .doesNotContain(DeliveryStatus.FAILED, DeliveryStatus.BOUNCED, DeliveryStatus.SUPPRESSED);
    }
  }

  @Test
  void onlyWhatIsUnderWayIsUnsettled() {
    assertThat(DeliveryStatus.unsettled())
        .containsExactlyInAnyOrder(DeliveryStatus.PENDING, DeliveryStatus.SENDING);
  }
}
