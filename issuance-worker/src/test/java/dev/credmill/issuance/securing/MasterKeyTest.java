package dev.credmill.issuance.securing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterKeyTest {
  private static final byte[] SECRET = "a secret".getBytes(StandardCharsets.UTF_8);
  @TempDir Path folder;

  @Test
  void whatIsWrappedComesBackAndIsNotToBeSeen() {
    // Given
    MasterKey key = new MasterKey(SecuringForTests.config(Map.of()));
    // When
    byte[] wrapped = key.wrap(SECRET, "name");
    // Then
    assertThat(new String(wrapped, StandardCharsets.ISO_8859_1)).doesNotContain("a secret");
    assertThat(key.wrap(SECRET, "name")).isNotEqualTo(wrapped);
    assertThat(key.unwrap(wrapped, "name")).isEqualTo(SECRET);
  }

  @Test
  void whatIsWrappedUnderOneNameDoesNotOpenUnderAnother() {
    // Given
    MasterKey key = new MasterKey(SecuringForTests.config(Map.of()));
    // When
    byte[] wrapped = key.wrap(SECRET, "name");
    // Then
    assertThatThrownBy(() -> key.unwrap(wrapped, "other"))
        .hasMessageContaining("the master key does not open other");
  }

  @Test
  void theFileWinsOverTheText() throws Exception {
    // Given
    byte[] other = new byte[32];
    Path file = folder.resolve("key");
    Files.writeString(file, Base64.getEncoder().encodeToString(other) + "\n");
    // When
    MasterKey fromFile =
        new MasterKey(SecuringForTests.config(Map.of("issuance.master-key-file", file.toString())));
    // Then
    byte[] wrapped = fromFile.wrap(SECRET, "name");
    assertThatThrownBy(
            () -> new MasterKey(SecuringForTests.config(Map.of())).unwrap(wrapped, "name"))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void withoutAKeyTheStartEndsWithWhatToDo() {
    assertThatThrownBy(
            () -> new MasterKey(SecuringForTests.config(Map.of("issuance.master-key", ""))))
        .hasMessageContaining("issuance.master-key-file")
        .hasMessageContaining("openssl rand -base64 32");
  }

  @Test
  void aKeyOfAnotherLengthIsRefused() {
    assertThatThrownBy(
            () -> new MasterKey(SecuringForTests.config(Map.of("issuance.master-key", "AAAA"))))
        .hasMessageContaining("32");
  }
}
