package dev.credmill.notification.email.template;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Words with variables: Mustache, ready to be filled. */
public final class Wording {
  private final Template template;

  private Wording(Template template) {
    this.template = template;
  }

  /**
   * Words of plain text: values stand in them as they are.
   *
   * @throws MustacheException when this is no Mustache
   */
  public static Wording ofText(String mustache) {
    return new Wording(compiler().withEscaper(value -> value).compile(mustache));
  }

  /**
   * Words of HTML: values are escaped.
   *
   * @throws MustacheException when this is no Mustache
   */
  public static Wording ofHtml(String mustache) {
    return new Wording(compiler().withEscaper(Wording::escaped).compile(mustache));
  }

  private static Mustache.Compiler compiler() {
    return Mustache.compiler()
        .defaultValue("")
        .emptyStringIsFalse(true)
        .withCollector(new OnlyGivenValues());
  }

  /** With these values; what has none is shown as nothing. */
  public String fill(Map<Variable, String> values) {
    return template.execute(new Values(values));
  }

  /** Every name between braces, in their order. */
  Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    template.visit(new Names(names, names));
    return names;
  }

  /** The names of sections. */
  Set<String> sections() {
    Set<String> sections = new LinkedHashSet<>();
    template.visit(new Names(new LinkedHashSet<>(), sections));
    return sections;
  }

  private static String escaped(String value) {
    return value
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private record Names(Set<String> variables, Set<String> sections) implements Mustache.Visitor {
    @Override
    public void visitText(String text) {
      // has no names
    }

    @Override
    public void visitVariable(String name) {
      variables.add(name);
    }

    @Override
    public boolean visitInclude(String name) {
      return false;
    }

    @Override
    public boolean visitSection(String name) {
      sections.add(name);
      return true;
    }

    @Override
    public boolean visitInvertedSection(String name) {
      sections.add(name);
      return true;
    }
  }

  private record Values(Map<Variable, String> values) {
    /** Null for what is no variable. What is not found at all, Mustache takes for true. */
    String of(String name) {
      return Variable.of(name).map(variable -> values.getOrDefault(variable, "")).orElse(null);
    }
  }

  /** Mustache looks into any object otherwise, into a String's methods for instance. */
  private static final class OnlyGivenValues implements Mustache.Collector {
    @Override
    public Iterator<?> toIterator(Object value) {
      return null;
    }

    @Override
    public Mustache.VariableFetcher createFetcher(Object context, String name) {
      return (object, key) ->
          object instanceof Values values && values.of(key) != null
              ? values.of(key)
              : Template.NO_FETCHER_FOUND;
    }

    @Override
    public <K, V> Map<K, V> createFetcherCache() {
      return new ConcurrentHashMap<>();
    }
  }
}
