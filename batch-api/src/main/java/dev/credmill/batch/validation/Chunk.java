package dev.credmill.batch.validation;

import java.util.List;

/**
 * Rows that are stored together.
 *
 * @param after the number of the last row before them
 * @param lastNumber the number of their last
 * @param lines null where an earlier attempt has stored them; only their keys are missing then
 * @param share how much of the file was read with them, 0 to 1
 * @param definitionIds the definitions that the rows up to here are of
 */
record Chunk(int after, int lastNumber, RowLines lines, double share, List<String> definitionIds) {}
