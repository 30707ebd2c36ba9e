package dev.credmill.batch.duplicate;

import static java.util.Objects.requireNonNull;

import dev.credmill.contracts.id.RowId;
import java.util.Comparator;
import java.util.List;

/**
 * What a row repeats.
 *
 * @param of the earlier row
 */
public record Duplicate(Kind kind, RowId of) {
  private static final List<Kind> GRAVEST_FIRST =
      List.of(Kind.ISSUED, Kind.SAME_SHEET, Kind.REVOKED);

  /** How the earlier row relates to this one. */
  public enum Kind {
    /** It stands further up in the same sheet. */
    SAME_SHEET,
    /** It was issued before, and its credential counts. */
    ISSUED,
    /** It was issued before, and its credential was revoked. */
    REVOKED
  }

  private static final Comparator<Duplicate> ORDER =
      Comparator.comparing((Duplicate duplicate) -> GRAVEST_FIRST.indexOf(duplicate.kind))
          .thenComparing(duplicate -> duplicate.of.batch())
          .thenComparing(duplicate -> duplicate.of.number());

  public Duplicate {
    requireNonNull(kind, "kind");
    requireNonNull(of, "of");
  }

  /** Of two, what the issuer should hear of first: a credential that counts, then the sheet. */
  static Duplicate graver(Duplicate one, Duplicate other) {
    return ORDER.compare(one, other) <= 0 ? one : other;
  }

  /** What it repeats and what to do, for people. */
  public String sentence() {
    return switch (kind) {
      case SAME_SHEET ->
          "The row says the same as row %d; remove one of them".formatted(of.number());
      case ISSUED ->
          "This was issued already, as row %d of batch %s; remove the row, or upload with onDuplicate=warn"
              .formatted(of.number(), of.batch());
      case REVOKED ->
          "This was issued as row %d of batch %s and revoked since; upload with onDuplicate=warn to issue it anew"
              .formatted(of.number(), of.batch());
    };
  }
}
