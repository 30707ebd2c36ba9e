package dev.credmill.registry.schema;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression that an organization wrote and that the platform's workers will run on every
 * row of that organization. One that backtracks without end would hold a worker that serves others
 * too, so only expressions are taken whose time stays in proportion: nothing is repeated that
 * itself repeats or chooses.
 */
record ValuePattern(String expression) {
  private static final int LONGEST = 200;
  private static final int MOST_OPEN_REPETITIONS = 2;

  /** What is wrong with it, if anything. */
  Optional<String> fault() {
    if (expression.length() > LONGEST) {
      return Optional.of("must have %d characters at most".formatted(LONGEST));
    }
    try {
      Pattern.compile(expression);
    } catch (PatternSyntaxException e) {
      return Optional.of("is not a regular expression: " + e.getDescription());
    }
    return new Reading().fault();
  }

  /** What stands in a group, or in the expression as a whole. */
  private static final class Group {
    boolean repeatsOrChooses;
  }

  private final class Reading {
    private final Deque<Group> open = new ArrayDeque<>();
    private Group closed;
    private int openRepetitions;
    private int at;

    Optional<String> fault() {
      open.push(new Group());
      while (at < expression.length()) {
        char c = expression.charAt(at);
        switch (c) {
          case '\\' -> {
            if (at + 1 < expression.length()
                && (Character.isDigit(expression.charAt(at + 1))
                    || expression.charAt(at + 1) == 'k')) {
              return Optional.of("must not refer back to a group");
            }
            at += 2;
            closed = null;
          }
          case '[' -> {
            skipCharacterClass();
            closed = null;
          }
          case '(' -> {
            if (expression.startsWith("(?", at) && !expression.startsWith("(?:", at)) {
              return Optional.of("must not have groups that begin with (? other than (?:");
            }
            open.push(new Group());
            at += expression.startsWith("(?:", at) ? 3 : 1;
            closed = null;
          }
          case ')' -> {
            closed = open.pop();
            open.peek().repeatsOrChooses |= closed.repeatsOrChooses;
            at++;
          }
          case '|' -> {
            open.peek().repeatsOrChooses = true;
            at++;
            closed = null;
          }
          case '*', '+', '{', '?' -> {
            boolean many = c != '?' && !expression.startsWith("{1}", at);
            boolean endless = c == '*' || c == '+' || (c == '{' && isOpenEnded());
            if (closed != null && closed.repeatsOrChooses && many) {
              return Optional.of(
                  "must not repeat a group that itself repeats or has a choice, which can take for ever");
            }
            if (endless && ++openRepetitions > MOST_OPEN_REPETITIONS) {
              return Optional.of(
                  "must not have more than %d of *, + and {n,}; give upper bounds such as {0,20}"
                      .formatted(MOST_OPEN_REPETITIONS));
            }
            open.peek().repeatsOrChooses = true;
            at = c == '{' ? expression.indexOf('}', at) + 1 : at + 1;
            if (at == 0) {
              return Optional.of("has a { without }");
            }
            // A ? or + behind it says how to repeat, not what.
            if (at < expression.length() && "?+".indexOf(expression.charAt(at)) >= 0) {
              at++;
            }
            closed = null;
          }
          default -> {
            at++;
            closed = null;
          }
        }
      }
      return Optional.empty();
    }

    private boolean isOpenEnded() {
      int end = expression.indexOf('}', at);
      return end > 0 && expression.charAt(end - 1) == ',';
    }

    private void skipCharacterClass() {
      int depth = 0;
      do {
        switch (expression.charAt(at)) {
          case '[' -> depth++;
          case ']' -> depth--;
          case '\\' -> at++;
          default -> {}
        }
        at++;
      } while (depth > 0 && at < expression.length());
    }
  }
}
