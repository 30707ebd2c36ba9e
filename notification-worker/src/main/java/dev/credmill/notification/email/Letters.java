package dev.credmill.notification.email;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.credmill.notification.delivery.Delivery;
import dev.credmill.notification.email.template.MessageTemplate;
import dev.credmill.notification.email.template.MessageTemplates;
import dev.credmill.notification.email.template.Variable;
import dev.credmill.notification.email.template.Wording;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Writes letters: by the organization's template that holds, otherwise in our words. Each is
 * written once for all recipients to whom it says the same.
 */
@ApplicationScoped
class Letters {
  private static final long MOST_BYTES = 32_000_000;
  private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z0-9-]{1,35}");

  /**
   * What a letter to anybody depends on.
   *
   * @param template null for ours
   */
  private record Key(Letter form, String language, UUID template, int version) {}

  private final Cache<Key, PreparedLetter> prepared =
      Caffeine.newBuilder()
          .maximumWeight(MOST_BYTES)
          .weigher((Key _, PreparedLetter letter) -> letter.size())
          .build();

  private final MessageTemplates templates;
  private final Template html;
  private final Template text;
  private final Template ownHtml;
  private final Template ownText;

  Letters(
      MessageTemplates templates,
      @Location("notification/letter.html") Template html,
      @Location("notification/letter.txt") Template text,
      @Location("notification/own.html") Template ownHtml,
      @Location("notification/own.txt") Template ownText) {
    this.templates = templates;
    this.html = html;
    this.text = text;
    this.ownHtml = ownHtml;
    this.ownText = ownText;
  }

  /** The letter of which only what is the recipient's own is missing. */
  PreparedLetter prepared(Delivery delivery, Letter letter) {
    MessageTemplate template = template(delivery, letter);
    String language = language(delivery, letter, template);
    Letter form = letter.form();
    Key key =
        template == null
            ? new Key(form, language, null, 0)
            : new Key(form, language, template.id(), template.version());
    return prepared.get(key, _ -> new PreparedLetter(written(form, language, template)));
  }

  /** The letter as its recipient reads it. */
  Rendering shown(Delivery delivery, Letter letter) {
    MessageTemplate template = template(delivery, letter);
    return shown(letter, language(delivery, letter, template), template);
  }

  /** The letter by that template, wherever it comes from. */
  Rendering shown(Letter letter, String language, MessageTemplate template) {
    return written(letter.form(), language, template).to(letter);
  }

  private MessageTemplate template(Delivery delivery, Letter letter) {
    return templates
        .find(
            delivery.organization(),
            delivery.definitionId(),
            letter.purpose(),
            wanted(delivery, letter))
        .orElse(null);
  }

  private static String wanted(Delivery delivery, Letter letter) {
    return delivery.language() != null && LANGUAGE.matcher(delivery.language()).matches()
        ? delivery.language()
        : letter.language();
  }

  private static String language(Delivery delivery, Letter letter, MessageTemplate template) {
    String wanted = wanted(delivery, letter);
    if (template == null) {
      return Words.in(wanted).language();
    }
    return template.language() == null ? wanted : template.language();
  }

  private Rendering written(Letter form, String language, MessageTemplate template) {
    Words words = Words.in(language);
    Map<Variable, String> values = form.values(language);
    if (template == null) {
      Says says = new Says(form, words, values, language, Palette.of(null), null, List.of());
      return new Rendering(says.about("subject"), text(text, says), text(html, says));
    }
    String subject = Wording.ofText(template.subject()).fill(values);
    String body = template.body() == null ? null : Wording.ofText(template.body()).fill(values);
    if (template.html() != null) {
      return new Rendering(
          subject,
          template.text() == null ? body : Wording.ofText(template.text()).fill(values),
          Wording.ofHtml(template.html()).fill(values));
    }
    Says says =
        new Says(
            form,
            words,
            values,
            language,
            Palette.of(template.accentColor()),
            template.logoUrl(),
            Block.of(body));
    return new Rendering(
        subject,
        ownText.data("says", says).data("body", body.strip()).render(),
        text(ownHtml, says));
  }

  private static String text(Template template, Says says) {
    return template.data("says", says).render();
  }
}
