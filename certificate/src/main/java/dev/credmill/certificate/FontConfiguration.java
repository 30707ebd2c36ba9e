package dev.credmill.certificate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Lets the JDK's font engine start on a machine without fonts and without libfontconfig, as slim
 * containers are: there it would end with "Fontconfig head is null". It is told of one bundled font
 * and looks for nothing else. Must run before the first AWT font is made in the process.
 */
final class FontConfiguration {
  private static final String CONFIGURATION_FILE = "sun.awt.fontconfig";
  private static final String DEFAULT_FONT = "NotoSans-Regular.ttf";

  private FontConfiguration() {}

  static void ensure() {
    if (System.getProperty("java.awt.headless") == null) {
      System.setProperty("java.awt.headless", "true");
    }
    if (System.getProperty("os.name").startsWith("Linux")
        && System.getProperty(CONFIGURATION_FILE) == null) {
      System.setProperty(CONFIGURATION_FILE, write().toString());
    }
  }

  private static Path write() {
    try (InputStream font = FontConfiguration.class.getResourceAsStream("fonts/" + DEFAULT_FONT)) {
      Path folder = Files.createTempDirectory("credmill-fonts");
      Path fontFile = folder.resolve(DEFAULT_FONT);
      Path configuration = folder.resolve("fontconfig.properties");
      for (Path path : new Path[] {folder, fontFile, configuration}) {
        path.toFile().deleteOnExit(); // in reverse order, so the folder is empty by then
      }
      Files.copy(font, fontFile);
      Files.writeString(
          configuration,
          """
          version=1
          sequence.allfonts=default
          allfonts.default=Noto Sans
          filename.Noto_Sans=%s
          """
              .formatted(fontFile.toString().replace("\\", "\\\\")),
          StandardCharsets.ISO_8859_1);
      return configuration;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the temporary folder must be writable to render certificates", e);
    }
  }
}
