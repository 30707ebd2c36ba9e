package dev.credmill.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFolderTest {
  private static final String URL = "http://localhost:8080";
  @TempDir Path parent;

  @Test
  void whatWasKeptIsThereAtTheNextStart() throws IOException {
    // Given
    Path folder = parent.resolve("state");
    String key;
    try (StateFolder state = StateFolder.take(folder, false)) {
      key = Files.readString(state.masterKey());
    }
    // When
    try (StateFolder state = StateFolder.take(folder, false)) {
      // Then
      assertThat(Files.readString(state.masterKey())).isEqualTo(key);
    }
  }

  @Test
  void theMasterKeyIsTheOwnersAlone() throws IOException {
    // When
    try (StateFolder state = StateFolder.take(parent.resolve("state"), false)) {
      // Then
      assertThat(Base64.getDecoder().decode(Files.readString(state.masterKey()).strip()))
          .hasSize(32);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state.masterKey())))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void aFreshStartForgetsEverything() throws IOException {
    // Given
    Path folder = parent.resolve("state");
    try (StateFolder state = StateFolder.take(folder, false)) {
      state.bindTo(URL);
      Files.createDirectories(state.mail());
      Files.writeString(state.mail().resolve("1"), "a message");
    }
    // When
    try (StateFolder state = StateFolder.take(folder, true)) {
      // Then
      assertThat(state.mail()).doesNotExist();
      state.bindTo("http://localhost:9090");
    }
  }

  @Test
  void aLinkInTheFolderIsDeletedAndNotFollowed() throws IOException {
    // Given
    Path folder = parent.resolve("state");
    Path elsewhere = Files.createDirectories(parent.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve("precious"), "kept");
    StateFolder.take(folder, false).close();
    Files.createSymbolicLink(folder.resolve("link"), elsewhere);
    // When
    StateFolder.take(folder, true).close();
    // Then
    assertThat(folder.resolve("link")).doesNotExist();
    assertThat(elsewhere.resolve("precious")).exists();
  }

  @Test
  void aFolderWithSomethingElseInItIsLeftAlone() throws IOException {
    // Given
    Files.writeString(parent.resolve("thesis.txt"), "ten years of work");
    // When, Then
    assertThatThrownBy(() -> StateFolder.take(parent, true))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("--state");
    assertThat(parent.resolve("thesis.txt")).exists();
  }

  @Test
  void aSecondStartOnTheSameFolderIsToldWhoHoldsIt() throws IOException {
    // Given
    try (StateFolder first = StateFolder.take(parent.resolve("state"), false)) {
      // When, Then
      assertThatThrownBy(() -> StateFolder.take(first.path(), true))
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("process " + ProcessHandle.current().pid())
          .hasMessageContaining("--port");
    }
  }

  @Test
  void anotherPortIsRefusedSinceIssuedLinksCarryTheOld() throws IOException {
    // Given
    try (StateFolder state = StateFolder.take(parent.resolve("state"), false)) {
      state.bindTo(URL);
      // When, Then
      assertThatThrownBy(() -> state.bindTo("http://localhost:9090"))
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("--port 8080")
          .hasMessageContaining("--fresh");
    }
  }
}
