package dev.credmill.notification.email.template;

import static java.util.stream.Collectors.joining;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What a message can speak of. */
public enum Variable {
  /** The recipient's; may be missing. */
  NAME("name", true),
  /** The organization's name. */
  ISSUER("issuer", false),
  /** What was issued. */
  TITLE("title", false),
  /** One sentence about it; may be missing. */
  DESCRIPTION("description", true),
  /** The Cred_URL. */
  LINK("link", false),
  /** Leads to the claim into a wallet; may be missing. */
  CLAIM_LINK("claimLink", true),
  /** Of the message, as BCP 47 has it; may be unknown. */
  LANGUAGE("language", true);

  static final Set<Variable> ALL = Set.copyOf(EnumSet.allOf(Variable.class));

  /** A list of mails is seen by more people than a mail is, so a subject has no links. */
  static final Set<Variable> OF_SUBJECTS =
      Set.copyOf(EnumSet.complementOf(EnumSet.of(LINK, CLAIM_LINK)));

  private final String text;
  private final boolean mayBeMissing;

  Variable(String text, boolean mayBeMissing) {
    this.text = text;
    this.mayBeMissing = mayBeMissing;
  }

  /** Its name between the braces. */
  public String text() {
    return text;
  }

  boolean mayBeMissing() {
    return mayBeMissing;
  }

  static Optional<Variable> of(String text) {
    return EnumSet.allOf(Variable.class).stream().filter(one -> one.text.equals(text)).findFirst();
  }

  /** Those that there are, for a person. */
  static String list(Set<Variable> variables) {
    return EnumSet.copyOf(variables).stream().map(Variable::text).collect(joining(", "));
  }
}
