package dev.credmill.bench.chaos;

import java.util.ArrayList;
import java.util.List;

/** What was found to hold, and what not. */
final class Findings {
  private static final int SHOWN = 5;

  /**
   * One invariant.
   *
   * @param breaches empty where it holds
   * @param measured what was looked at
   */
  record Finding(String invariant, String measured, List<String> breaches) {
    boolean holds() {
      return breaches.isEmpty();
    }

    @Override
    public String toString() {
      StringBuilder text = new StringBuilder(holds() ? "holds   " : "BROKEN  ");
      text.append(invariant).append(" (").append(measured).append(')');
      breaches.stream().limit(SHOWN).forEach(breach -> text.append("\n          ").append(breach));
      if (breaches.size() > SHOWN) {
        text.append("\n          and %d more".formatted(breaches.size() - SHOWN));
      }
      return text.toString();
    }
  }

  private final List<Finding> all = new ArrayList<>();

  void add(String invariant, String measured, List<String> breaches) {
    Finding finding = new Finding(invariant, measured, List.copyOf(breaches));
    all.add(finding);
    System.out.println(finding);
  }

  boolean hold() {
    return broken().isEmpty();
  }

  List<Finding> broken() {
    return all.stream().filter(finding -> !finding.holds()).toList();
  }
}
