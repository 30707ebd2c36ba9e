package dev.credmill.batch.upload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FilePieceTest {
  @Test
  void textIsStoredPackedAndReadAsItWas() {
    // Given
    byte[] sheet =
        "Ada,Lovelace,ada@example.org\r\n".repeat(1_000).getBytes(StandardCharsets.UTF_8);
    // When
    FilePiece piece = FilePiece.of(sheet);
    // Then
    assertThat(piece.content().length).isLessThan(sheet.length / 3);
    assertThat(piece.unpackedLength()).isEqualTo(sheet.length);
    assertThat(piece.unpacked()).isEqualTo(sheet);
  }

  @Test
  void whatCannotBePackedIsStoredAsItIs() {
    // Given
    byte[] noise = new byte[100_000];
    new Random(1).nextBytes(noise);
    // When
    FilePiece piece = FilePiece.of(noise);
    // Then
    assertThat(piece.unpackedLength()).isNull();
    assertThat(piece.unpacked()).isEqualTo(noise);
  }
}
