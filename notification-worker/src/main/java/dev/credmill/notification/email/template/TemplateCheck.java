package dev.credmill.notification.email.template;

import com.samskivert.mustache.MustacheException;
import dev.credmill.contracts.problem.Problem;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Everything that keeps a template from being one, told at once. */
final class TemplateCheck {
  private static final int LONGEST_SUBJECT = 200;
  private static final int LONGEST_TEXT = 20_000;

  /** What is longer than about this, large mail providers cut off. */
  private static final int LONGEST_HTML = 100_000;

  private static final int LONGEST_URL = 2_000;
  private static final int LONGEST_LANGUAGE = 35;
  private static final Pattern COLOR = Pattern.compile("#[0-9a-fA-F]{6}");

  /** Each may stand in the one before, and each such step takes some of the stack. */
  private static final int MOST_SECTIONS = 200;

  private static final Pattern SECTION = Pattern.compile("\\{\\{\\s*[#^]");

  /** Without escaping, from elsewhere, or other braces from here on. */
  private static final Pattern OTHER_TAGS = Pattern.compile("\\{\\{\\s*[{&>=<$]");

  private final List<Problem.Fault> faults = new ArrayList<>();
  private final MessageTemplateRequest request;

  TemplateCheck(MessageTemplateRequest request) {
    this.request = request;
  }

  /**
   * Whether the request makes a template.
   *
   * @throws ProblemException with all that is to be corrected
   */
  void run() {
    subject();
    if (request.body() == null && (request.html() == null || request.text() == null)) {
      fault("body", "missing", "Write a body; or both html and text in place of it");
    }
    if (request.text() != null && request.html() == null) {
      fault("text", "without-html", "text goes with html; without html the body is the text, too");
    }
    words("body", request.body(), LONGEST_TEXT, false);
    words("text", request.text(), LONGEST_TEXT, false);
    words("html", request.html(), LONGEST_HTML, true);
    language();
    logo();
    if (request.accentColor() != null && !COLOR.matcher(request.accentColor()).matches()) {
      fault("accentColor", "color", "Write it as #rrggbb, such as #1f5fd6");
    }
    if (!faults.isEmpty()) {
      throw ProblemType.MESSAGE_TEMPLATE_INVALID.because(faults);
    }
  }

  private void subject() {
    String subject = request.subject();
    if (subject == null || subject.isBlank()) {
      fault("subject", "missing", "Write a subject");
    } else if (subject.codePoints().anyMatch(TemplateCheck::endsLine)) {
      fault("subject", "line-break", "A subject is one line");
    } else {
      wording("subject", subject, LONGEST_SUBJECT, false, Variable.OF_SUBJECTS)
          .filter(
              words ->
                  SampleValues.allWays(words).stream()
                      .anyMatch(values -> words.fill(values).isBlank()))
          .ifPresent(
              _ ->
                  fault(
                      "subject",
                      "empty",
                      "It would be empty for some recipients; write something outside of the sections"));
    }
  }

  private static boolean endsLine(int character) {
    return Character.isISOControl(character) || character == 0x2028 || character == 0x2029;
  }

  private void words(String field, String mustache, int longest, boolean isHtml) {
    if (mustache == null) {
      return;
    }
    Optional<Wording> words = wording(field, mustache, longest, isHtml, Variable.ALL);
    if (words.isEmpty()) {
      return;
    }
    for (Map<Variable, String> values : SampleValues.allWays(words.get())) {
      String filled = words.get().fill(values);
      if (!filled.contains(SampleValues.of(Variable.LINK))) {
        fault(
            field,
            "without-link",
            "A message without {{link}} tells nobody where the credential is; put it where every recipient gets it");
        return;
      }
      if (isHtml) {
        Set<String> found = HtmlCheck.faults(filled);
        if (!found.isEmpty()) {
          found.stream().limit(20).forEach(message -> fault(field, "html", message));
          return;
        }
      }
    }
  }

  /** Empty where there is a fault in them. */
  private Optional<Wording> wording(
      String field, String mustache, int longest, boolean isHtml, Set<Variable> variables) {
    if (mustache.length() > longest) {
      return refused(field, "too-long", "It has %d characters at most".formatted(longest));
    }
    if (mustache.codePoints().anyMatch(TemplateCheck::isNoText)) {
      return refused(
          field, "characters", "Remove control characters and characters of private use");
    }
    if (OTHER_TAGS.matcher(mustache).find()) {
      return refused(
          field,
          "tag",
          "Of Mustache there are {{variable}}, {{#section}}..{{/section}} and {{^section}}..{{/section}}; values are always escaped, and nothing is included");
    }
    if (SECTION.matcher(mustache).results().count() > MOST_SECTIONS) {
      return refused(field, "sections", "It has %d sections at most".formatted(MOST_SECTIONS));
    }
    Wording words;
    try {
      words = isHtml ? Wording.ofHtml(mustache) : Wording.ofText(mustache);
    } catch (MustacheException e) {
      return refused(field, "mustache", "This is no Mustache: " + line(e.getMessage()));
    }
    List<String> unknown =
        words.names().stream()
            .filter(name -> Variable.of(name).filter(variables::contains).isEmpty())
            .toList();
    return unknown.isEmpty()
        ? Optional.of(words)
        : refused(
            field,
            "unknown-variable",
            "There is no %s here; there are %s"
                .formatted(line(String.join(", ", unknown)), Variable.list(variables)));
  }

  private Optional<Wording> refused(String field, String code, String message) {
    fault(field, code, message);
    return Optional.empty();
  }

  /** Private use is ours, for the places of values; half a character cannot be sent. */
  private static boolean isNoText(int character) {
    return (Character.isISOControl(character) && "\t\r\n".indexOf(character) < 0)
        || Character.getType(character) == Character.PRIVATE_USE
        || Character.getType(character) == Character.SURROGATE;
  }

  private void language() {
    String language = request.language();
    try {
      if (language != null
          && (language.length() > LONGEST_LANGUAGE
              || MessageTemplateRequest.canonical(language).equals("und"))) {
        throw new IllformedLocaleException();
      }
    } catch (IllformedLocaleException _) {
      fault("language", "locale", "Write a language tag (BCP 47), such as en or pt-BR");
    }
  }

  private void logo() {
    if (request.logoUrl() == null) {
      return;
    }
    try {
      URI logo = new URI(request.logoUrl());
      if (request.logoUrl().length() <= LONGEST_URL
          && "https".equalsIgnoreCase(logo.getScheme())
          && logo.getHost() != null
          && logo.getRawUserInfo() == null) {
        return;
      }
    } catch (URISyntaxException _) {
      // said below
    }
    fault("logoUrl", "url", "Write an https address, such as https://acme.example/logo.png");
  }

  private static String line(String text) {
    String line = String.valueOf(text).replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ");
    return line.length() <= 200 ? line : line.substring(0, 200);
  }

  private void fault(String field, String code, String message) {
    faults.add(new Problem.Fault(field, code, message));
  }
}
