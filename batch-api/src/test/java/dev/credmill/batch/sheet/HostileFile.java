package dev.credmill.batch.sheet;

import static java.util.Objects.requireNonNull;

import dev.credmill.contracts.problem.ProblemType;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file that nobody should have to receive, made when it is wanted, and what must become of it.
 *
 * @param fileName what it calls itself, which need not be what it is
 * @param parts further parts of the upload, as name and value by turns
 */
record HostileFile(
    String name, String fileName, Zip.Content content, Outcome outcome, List<String> parts) {
  private static final List<String> DIPLOMA = List.of("definitionId", "diploma");

  HostileFile {
    requireNonNull(content, name);
    requireNonNull(outcome, name);
    parts = List.copyOf(parts);
  }

  /** What becomes of a file. */
  sealed interface Outcome {
    /** The upload is answered with a problem, and there is no batch. */
    record Refused(ProblemType type) implements Outcome {}

    /** The batch is rejected with a problem: what is wrong comes after the first recipient. */
    record Rejected(ProblemType type) implements Outcome {}

    /** The file is read; what it holds does no harm. */
    record Taken(String status, int rows) implements Outcome {}
  }

  static HostileFile csv(String name, Outcome outcome, Zip.Content content) {
    return new HostileFile(name, "people.csv", content, outcome, DIPLOMA);
  }

  static HostileFile xlsx(String name, Outcome outcome, Zip.Content content) {
    return new HostileFile(name, "people.xlsx", content, outcome, DIPLOMA);
  }

  static HostileFile xlsx(String name, Outcome outcome, Zip zip) {
    return xlsx(name, outcome, zip::write);
  }

  HostileFile withParts(String... others) {
    return new HostileFile(name, fileName, content, outcome, List.of(others));
  }

  Path in(Path folder) throws IOException {
    Path file = folder.resolve(fileName);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      content.to(out);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
    return file;
  }

  @Override
  public String toString() {
    return name;
  }
}
