package dev.credmill.certificate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A slim container has neither fonts nor libfontconfig; a child JVM is made to see neither. */
@EnabledOnOs(OS.LINUX)
class WithoutFontsTest {
  @TempDir Path folder;

  /** What the child JVM runs: prints a digest of the picture. */
  static final class Render {
    public static void main(String[] arguments) throws Exception {
      if (arguments.length > 0) {
        // What happens without this library's care: proof that the machine is indeed bare.
        java.awt.GraphicsEnvironment.getLocalGraphicsEnvironment().getAvailableFontFamilyNames();
        new java.awt.Font("Serif", 0, 12).canDisplay('a');
        return;
      }
      byte[] png =
          BuiltInTemplate.DIPLOMA
              .template()
              .fill(Map.of("recipientName", "Zoë 王小明 محمد श्री", "degree", "MSc"))
              .png(600);
      System.out.println(
          HexFormat.of().formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(png)));
    }
  }

  @Test
  void theSamePictureIsMadeWhereNoFontIsInstalled() throws Exception {
    // Given
    Path empty = Files.createDirectories(folder.resolve("no-fonts"));
    Path configuration =
        Files.writeString(
            folder.resolve("fonts.conf"),
            "<?xml version=\"1.0\"?><fontconfig><dir>%s</dir></fontconfig>".formatted(empty));
    Map<String, String> bare =
        Map.of("FONTCONFIG_FILE", configuration.toString(), "HOME", empty.toString());
    // When
    String withFonts = child(Map.of()).strip();
    String withoutFonts = child(bare).strip();
    // Then
    assertThat(child(bare, "show")).contains("Fontconfig head is null");
    assertThat(withFonts).matches("[0-9a-f]{64}");
    assertThat(withoutFonts).isEqualTo(withFonts);
  }

  @Test
  void theSamePictureIsMadeWhereLibfontconfigIsMissing() throws Exception {
    // Given
    Path libraries = Files.createDirectories(folder.resolve("lib"));
    for (String name : List.of("libfontconfig.so.1", "libfontconfig.so")) {
      Files.writeString(libraries.resolve(name), "no library");
    }
    Map<String, String> bare = Map.of("LD_LIBRARY_PATH", libraries.toString());
    // When
    String withFonts = child(Map.of()).strip();
    String withoutLibrary = child(bare).strip();
    // Then
    assertThat(child(bare, "show")).contains("Fontconfig head is null");
    assertThat(withoutLibrary).isEqualTo(withFonts);
  }

  private static String child(Map<String, String> environment, String... arguments)
      throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-Djava.awt.headless=true",
            "-cp",
            System.getProperty("java.class.path"),
            Render.class.getName());
    builder.command().addAll(List.of(arguments));
    builder.environment().remove("_JAVA_OPTIONS");
    builder.environment().putAll(environment);
    Process child = builder.redirectErrorStream(true).start();
    String output = new String(child.getInputStream().readAllBytes(), UTF_8);
    assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return output;
  }
}
