package dev.credmill.notification.email;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A paragraph of a body: words with links in them, or a link that stands alone and becomes a
 * button.
 */
record Block(Kind kind, List<Run> runs) {
  enum Kind {
    WORDS,
    LINK,
    CLAIM_LINK
  }

  /**
   * A piece of a line.
   *
   * @param isLink whether it is the place of one
   */
  record Run(String words, boolean isLink, boolean beginsLine) {}

  static List<Block> of(String body) {
    return Arrays.stream(body.strip().split("\\R\\s*\\R"))
        .map(String::strip)
        .filter(paragraph -> !paragraph.isEmpty())
        .map(Block::ofParagraph)
        .toList();
  }

  private static Block ofParagraph(String paragraph) {
    return switch (paragraph) {
      case PreparedLetter.LINK -> new Block(Kind.LINK, List.of());
      case PreparedLetter.CLAIM_LINK -> new Block(Kind.CLAIM_LINK, List.of());
      default -> new Block(Kind.WORDS, runs(paragraph));
    };
  }

  private static List<Run> runs(String paragraph) {
    List<Run> runs = new ArrayList<>();
    boolean isFirstLine = true;
    for (String line : paragraph.split("\\R")) {
      boolean beginsLine = !isFirstLine;
      isFirstLine = false;
      String links = PreparedLetter.LINK + PreparedLetter.CLAIM_LINK;
      for (String piece : line.strip().split("(?<=[%s])|(?=[%s])".formatted(links, links))) {
        runs.add(new Run(piece, !piece.isEmpty() && links.contains(piece), beginsLine));
        beginsLine = false;
      }
    }
    return runs;
  }

  public boolean isLink() {
    return kind == Kind.LINK;
  }

  public boolean isClaimLink() {
    return kind == Kind.CLAIM_LINK;
  }
}
