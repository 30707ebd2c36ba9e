package dev.credmill.contracts.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NamesTest {
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final Duration LONG = Duration.ofSeconds(10);
  private static final InetAddress ADDRESS = InetAddress.ofLiteral("93.184.215.14");

  private final Queue<String> asked = new ConcurrentLinkedQueue<>();
  private final CountDownLatch answer = new CountDownLatch(1);
  private final Names names = new Names(this::lookUp, 2);

  @AfterEach
  void stop() {
    answer.countDown();
    names.stop();
  }

  private InetAddress[] lookUp(String host) throws UnknownHostException {
    asked.add(host);
    if (host.startsWith("slow")) {
      try {
        answer.await();
      } catch (InterruptedException e) {
        throw new UnknownHostException(e.getMessage());
      }
    }
    return new InetAddress[] {ADDRESS};
  }

  @Test
  void aNameIsLookedUpOnceForAllWhoAskMeanwhile() throws Exception {
    // Given one that nobody answers for
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> names.of("slow.example.com", SHORT))
          .isInstanceOf(UnknownHostException.class);
    }
    // When
    answer.countDown();
    // Then
    assertThat(names.of("SLOW.example.com", LONG)).containsExactly(ADDRESS);
    assertThat(asked).filteredOn("slow.example.com"::equals).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void slowNamesHoldUpNoOthersAsLongAsThereIsRoom() throws Exception {
    assertThatThrownBy(() -> names.of("slow.example.com", SHORT))
        .isInstanceOf(UnknownHostException.class);
    assertThat(names.of("quick.example.com", LONG)).containsExactly(ADDRESS);
  }

  @Test
  void whereThereIsNoRoomNobodyWaits() {
    // Given
    for (String slow : new String[] {"slow-1.example.com", "slow-2.example.com"}) {
      assertThatThrownBy(() -> names.of(slow, SHORT)).isInstanceOf(UnknownHostException.class);
    }
    // Then
    assertThatThrownBy(() -> names.of("quick.example.com", LONG))
        .isInstanceOf(UnknownHostException.class)
        .hasMessageContaining("too many");
    assertThat(asked).doesNotContain("quick.example.com");
  }
}
