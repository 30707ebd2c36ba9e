package dev.credmill.bench.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * A sheet of course certificates whose every cell follows from seed and number, so that what must
 * come of it is known without asking the product.
 *
 * @param ordinal among the sheets of a run
 * @param rows recipients, one in a hundred without a usable address
 */
public record Sheet(long seed, int ordinal, Owner owner, Fate fate, int rows) {
  private static final int ONE_IN = 100;

  /** Whose it is. */
  public enum Owner {
    ACME("acme-issuer-key", "training-certificate"),
    GLOBEX("globex-admin-key", "globex-training-certificate");

    public final String key;
    public final String definition;

    Owner(String key, String definition) {
      this.key = key;
      this.definition = definition;
    }
  }

  /** What its issuer does with it. */
  public enum Fate {
    /** Issued at once, invalid rows left out. */
    ISSUED,
    /** Issued at once, paused and resumed on the way. */
    PAUSED,
    /** Issued at once, the invalid rows corrected afterwards. */
    CORRECTED,
    /** Issued at once, cancelled on the way. */
    CANCELLED,
    /** Looked at and never started. */
    LEFT
  }

  public int lastNumber() {
    return rows + 1;
  }

  /** As it was uploaded. */
  private boolean valid(int number) {
    return number % ONE_IN != 7;
  }

  public boolean hasInvalidRows() {
    return IntStream.rangeClosed(2, lastNumber()).anyMatch(number -> !valid(number));
  }

  /** After what its issuer has corrected. */
  public boolean validAtLast(int number) {
    return fate == Fate.CORRECTED || valid(number);
  }

  public int validRows() {
    int valid = 0;
    for (int number = 2; number <= lastNumber(); number++) {
      valid += validAtLast(number) ? 1 : 0;
    }
    return valid;
  }

  /** The holder's name, which no other row of the run has. */
  public String name(int number) {
    return "Recipient " + reference(number);
  }

  private String reference(int number) {
    return seed + "-" + ordinal + "-" + number;
  }

  /** Where the message goes; no two rows of the run share it. */
  public String email(int number) {
    return "recipient.%d.%d.%d@example.org".formatted(seed, ordinal, number);
  }

  /** The same for every attempt to upload it. */
  public String idempotencyKey() {
    return UUID.nameUUIDFromBytes(("chaos-" + seed + "-" + ordinal).getBytes()).toString();
  }

  public Path write(Path folder) {
    return write(
        folder.resolve("sheet-" + ordinal + ".csv"),
        "Reference,First Name,Last Name,Email,Course,Hours,Completed On",
        _ -> true,
        number ->
            "%1$s,Recipient,%1$s,%2$s,Sampling of rivers,%3$d,2026-%4$02d-%5$02d"
                .formatted(
                    reference(number),
                    valid(number) ? email(number) : "no address",
                    1 + number % 400,
                    1 + number % 12,
                    1 + number % 28));
  }

  /** What its issuer uploads afterwards: the rows that were invalid, and of them what changes. */
  public Path writeCorrections(Path folder) {
    return write(
        folder.resolve("corrections-" + ordinal + ".csv"),
        "Reference,Email",
        number -> !valid(number),
        number -> reference(number) + ',' + email(number));
  }

  private Path write(Path file, String header, IntPredicate which, IntFunction<String> line) {
    try (Writer out = Files.newBufferedWriter(file)) {
      out.write(header + "\r\n");
      for (int number = 2; number <= lastNumber(); number++) {
        if (which.test(number)) {
          out.write(line.apply(number) + "\r\n");
        }
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
