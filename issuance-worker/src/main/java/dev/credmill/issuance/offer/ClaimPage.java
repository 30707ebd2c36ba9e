package dev.credmill.issuance.offer;

import java.util.List;

/**
 * What the page behind a claim link shows before anything is offered.
 *
 * @param obstacle why it cannot be claimed; null where it can
 * @param choices the forms to choose from; empty where there is one
 */
public record ClaimPage(
    String title,
    String description,
    String language,
    String issuer,
    String obstacle,
    boolean asksForDigits,
    List<Choice> choices) {

  /** One form that the wallet can have it in. */
  public record Choice(String format, String title) {}
}
