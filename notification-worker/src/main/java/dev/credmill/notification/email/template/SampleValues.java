package dev.credmill.notification.email.template;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Values with which a template is tried out before it is kept: with and without everything that may
 * be missing. Each is a word that would be a tag's name, a space and that word again, which leaves
 * an attribute without quotes; so whoever finds it whole knows that a value stays where it is put.
 */
final class SampleValues {
  /** Of private use, which no template may have. */
  private static final char FIRST_MARK = '\uE000';

  private SampleValues() {}

  static String of(Variable variable) {
    String word = "q" + (char) (FIRST_MARK + variable.ordinal());
    return word + " " + word;
  }

  static boolean isMark(int character) {
    return character >= FIRST_MARK && character < FIRST_MARK + Variable.values().length;
  }

  /** Every way of missing some of the values on which these words depend. */
  static List<Map<Variable, String>> allWays(Wording words) {
    List<Map<Variable, String>> ways = new ArrayList<>();
    Map<Variable, String> all = new EnumMap<>(Variable.class);
    for (Variable variable : Variable.values()) {
      all.put(variable, of(variable));
    }
    ways.add(all);
    for (String section : words.sections()) {
      Variable variable = Variable.of(section).orElseThrow();
      if (variable.mayBeMissing()) {
        for (Map<Variable, String> way : List.copyOf(ways)) {
          Map<Variable, String> without = new EnumMap<>(way);
          without.remove(variable);
          ways.add(without);
        }
      }
    }
    return ways;
  }
}
