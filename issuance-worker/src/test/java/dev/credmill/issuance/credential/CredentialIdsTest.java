package dev.credmill.issuance.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credmill.issuance.securing.SecuringForTests;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialIdsTest {
  private static final short VERSION = 1;
  private final CredentialIds ids = new CredentialIds(new SecuringForTests().secrets);

  @Test
  void anIdLeadsBackToItsRow() {
    for (RowLocator row :
        new RowLocator[] {
          new RowLocator(1, 2),
          new RowLocator((1L << 48) - 1, Integer.MAX_VALUE),
          new RowLocator(77, 0x7FFFF),
          new RowLocator(77, 0x80000)
        }) {
      // When
      UUID uuid = ids.uuid(VERSION, row, CredentialFormat.VC_JWT, 63);
      // Then
      assertThat(uuid.version()).isEqualTo(8);
      assertThat(uuid.variant()).isEqualTo(2);
      assertThat(ids.locate(CredentialIds.text(uuid)))
          .contains(new CredentialIds.Located(row, CredentialFormat.VC_JWT, 63));
    }
  }

  @Test
  void noTwoRowsShareAnIdAndNeighboursLookUnrelated() {
    // When
    Set<UUID> seen = new HashSet<>();
    Set<Long> beginnings = new HashSet<>();
    for (int row = 2; row < 20_002; row++) {
      UUID uuid = ids.uuid(VERSION, new RowLocator(1, row), CredentialFormat.VC_JWT, 0);
      seen.add(uuid);
      beginnings.add(uuid.getMostSignificantBits() >>> 32);
    }
    // Then
    assertThat(seen).hasSize(20_000);
    assertThat(beginnings).hasSizeGreaterThan(19_900);
  }

  @Test
  void aForgedIdIsRefused() {
    // Given
    UUID uuid = ids.uuid(VERSION, new RowLocator(5, 6), CredentialFormat.VC_JWT, 0);
    for (int bit = 0; bit < 64; bit++) {
      // When, then
      assertThat(
              ids.locate(
                  CredentialIds.text(
                      new UUID(
                          uuid.getMostSignificantBits() ^ 1L << bit,
                          uuid.getLeastSignificantBits()))))
          .isEmpty();
      assertThat(
              ids.locate(
                  CredentialIds.text(
                      new UUID(
                          uuid.getMostSignificantBits(),
                          uuid.getLeastSignificantBits() ^ 1L << bit))))
          .isEmpty();
    }
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "urn:uuid:",
        "urn:uuid:not-a-uuid-but-as-long-as-one-is-xx",
        "urn:uuid:1-1-1-1-1",
        "URN:UUID:00000000-0000-8000-8000-000000000000",
        "urn:uuid:00000000-0000-8000-8000-000000000000"
      })
  void whatIsNoIdOfOursIsRefused(String id) {
    assertThat(ids.locate(id)).isEmpty();
  }
}
