package dev.credmill.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class OptionsTest {
  @TempDir Path folder;

  @Test
  void withoutArgumentsItOnlyStarts() {
    // When
    Options options = Options.parse();
    // Then
    assertThat(options.file()).isEmpty();
    assertThat(options.publicUrl()).isEqualTo("http://localhost:8080");
    assertThat(options.once()).isFalse();
    assertThat(options.fresh()).isFalse();
  }

  @Test
  void aFileIsIssuedAsDiplomasByEmailUnlessToldOtherwise() throws IOException {
    // Given
    Path sheet = Files.createFile(folder.resolve("sheet.csv"));
    // When
    Options options = Options.parse(sheet.toString());
    // Then
    assertThat(options.file()).contains(sheet);
    assertThat(options.definition()).isEqualTo("diploma");
    assertThat(options.media()).containsExactly(Options.Medium.EMAIL);
    assertThat(options.organizationKey()).isEqualTo("acme-issuer-key");
  }

  @Test
  void mediaCanBeNamedSeveralOrNone() {
    // When, Then
    assertThat(Options.parse("--medium=email", "--medium", "SMS").media())
        .containsExactly(Options.Medium.EMAIL, Options.Medium.SMS);
    assertThat(Options.parse("--no-message").media()).isEmpty();
  }

  @Test
  void othersMayReachItUnderAnotherAddress() {
    // When
    Options options = Options.parse("--public-url=https://demo.example.org:8443");
    // Then
    assertThat(options.publicUrl()).isEqualTo("https://demo.example.org:8443");
    assertThat(options.localUrl()).isEqualTo("http://localhost:8080");
  }

  @Test
  void whatCannotBeFollowedIsRefusedWithWhatToDo() {
    refused("There is no file", folder.resolve("none.csv").toString());
    refused("is not a file", folder.toString());
    refused("name one", "--once");
    refused("bin/quickstart --help", "--nonsense");
    refused("bin/quickstart --help", "--medium=PIGEON");
    refused("bin/quickstart --help", "--medium=SMS", "--no-message");
    refused("from 1 to 65535", "--port=0");
    refused("must differ", "--port=3025");
    refused("nothing behind them", "--public-url=https://demo.example.org/path");
  }

  private static void refused(String words, String... arguments) {
    assertThatThrownBy(() -> Options.parse(arguments))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(words);
  }

  @Test
  void theScriptsHelpDescribesEveryOption() throws IOException {
    // Given
    String script = Files.readString(Path.of("..", "bin", "quickstart"));
    // When
    var options = CommandLine.Model.CommandSpec.forAnnotatedObject(new Options()).options();
    // Then
    assertThat(options).isNotEmpty();
    assertThat(options).allSatisfy(option -> assertThat(script).contains(option.longestName()));
  }
}
