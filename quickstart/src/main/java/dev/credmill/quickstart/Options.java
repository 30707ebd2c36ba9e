package dev.credmill.quickstart;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The arguments; {@code bin/quickstart --help} describes them. */
@Command(name = "bin/quickstart", sortOptions = false)
final class Options {
  /** How recipients can be reached. */
  enum Medium {
    EMAIL,
    SMS
  }

  /** Either some media or the wish for none. */
  private static final class Messages {
    @Option(names = "--medium", paramLabel = "EMAIL|SMS")
    private List<Medium> media = new ArrayList<>();

    @Option(names = "--no-message")
    private boolean none;
  }

  @Parameters(arity = "0..1", paramLabel = "FILE")
  private Path file;

  @Option(names = "--definition", paramLabel = "ID", defaultValue = "diploma")
  private String definition;

  @ArgGroup private Messages messages;

  @Option(names = "--label", paramLabel = "TEXT")
  private String label;

  @Option(names = "--organization-key", paramLabel = "KEY", defaultValue = "acme-issuer-key")
  private String organizationKey;

  @Option(names = "--once")
  private boolean once;

  @Option(names = "--fresh")
  private boolean fresh;

  @Option(
      names = "--state",
      paramLabel = "FOLDER",
      defaultValue = "${sys:quickstart.state:-.credmill}")
  private Path state;

  @Option(names = "--port", paramLabel = "N", defaultValue = "8080")
  private int port;

  @Option(names = "--public-url", paramLabel = "URL")
  private String publicUrl;

  @Option(names = "--smtp-port", paramLabel = "N", defaultValue = "3025")
  private int smtpPort;

  @Option(names = "--imap-port", paramLabel = "N", defaultValue = "3143")
  private int imapPort;

  /**
   * @throws Refusal when the arguments cannot be followed
   */
  static Options parse(String... arguments) {
    Options options = new Options();
    try {
      commandLine(options).parseArgs(arguments);
    } catch (CommandLine.ParameterException e) {
      throw new Refusal(e.getMessage() + "\nSee bin/quickstart --help.", e);
    }
    options.check();
    return options;
  }

  static CommandLine commandLine(Options options) {
    return new CommandLine(options).setCaseInsensitiveEnumValuesAllowed(true);
  }

  private void check() {
    for (int number : new int[] {port, smtpPort, imapPort}) {
      if (number < 1 || number > 65_535) {
        throw new Refusal("A port is a number from 1 to 65535: " + number);
      }
    }
    if (publicUrl != null && !publicUrl.matches("https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?")) {
      throw new Refusal(
          "A public address has a scheme, a host and perhaps a port, and nothing behind them, such as https://demo.example.org: "
              + publicUrl);
    }
    if (port == smtpPort || port == imapPort || smtpPort == imapPort) {
      throw new Refusal("--port, --smtp-port and --imap-port must differ.");
    }
    if (file == null) {
      if (once) {
        throw new Refusal("--once ends after a FILE; name one, for example samples/diplomas.csv.");
      }
      return;
    }
    if (!Files.exists(file)) {
      throw new Refusal("There is no file " + file + ". Try samples/diplomas.csv.");
    }
    if (!Files.isRegularFile(file)) {
      throw new Refusal(file + " is not a file. Name a sheet in CSV.");
    }
    if (!Files.isReadable(file)) {
      throw new Refusal(file + " cannot be read. Check its permissions.");
    }
  }

  Optional<Path> file() {
    return Optional.ofNullable(file);
  }

  String definition() {
    return definition;
  }

  List<Medium> media() {
    if (messages == null) {
      return List.of(Medium.EMAIL);
    }
    return messages.none ? List.of() : messages.media.stream().distinct().toList();
  }

  Optional<String> label() {
    return Optional.ofNullable(label);
  }

  String organizationKey() {
    return organizationKey;
  }

  boolean once() {
    return once;
  }

  boolean fresh() {
    return fresh;
  }

  Path state() {
    return state;
  }

  int port() {
    return port;
  }

  int smtpPort() {
    return smtpPort;
  }

  int imapPort() {
    return imapPort;
  }

  /** Where this process answers. */
  String localUrl() {
    return "http://localhost:" + port;
  }

  /** Under which others reach it, and so what links and identifiers are made of. */
  String publicUrl() {
    return publicUrl == null ? localUrl() : publicUrl;
  }
}
