package dev.credmill.batch.row;

import dev.credmill.batch.Batch;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.contracts.registry.Organization;
import dev.credmill.contracts.registry.Registry;
import jakarta.enterprise.context.ApplicationScoped;

/** Single rows as callers see them. */
@ApplicationScoped
public class Rows {
  private final RowTable table;
  private final Timelines timelines;
  private final Registry registry;

  Rows(RowTable table, Timelines timelines, Registry registry) {
    this.table = table;
    this.timelines = timelines;
    this.registry = registry;
  }

  /** The row with its timeline. */
  public RowView get(Batch batch, int number) {
    return table
        .find(batch, publicUrl(batch), number)
        .map(row -> timelines.complete(batch, row))
        .orElseThrow(
            () ->
                ProblemType.NOT_FOUND.because(
                    "The batch has no such row; rows count from 2, as in the sheet"));
  }

  String publicUrl(Batch batch) {
    return registry.organization(batch.organizationId()).map(Organization::publicUrl).orElseThrow();
  }

  /** A row's number as a path or a cursor has it. */
  public static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw ProblemType.INVALID_PARAMETER.because(
          "A row is named by its number, and a cursor is a next from this list");
    }
  }
}
