package dev.credmill.bench.installation;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What the numbers of a command may be. */
public final class Ranges {
  private Ranges() {}

  /**
   * @throws ParameterException when the value of that option is not from 1 to {@code most}
   */
  public static void check(CommandSpec command, String option, int value, int most) {
    if (value < 1 || value > most) {
      throw new ParameterException(
          command.commandLine(), "%s is a number from 1 to %,d".formatted(option, most));
    }
  }
}
