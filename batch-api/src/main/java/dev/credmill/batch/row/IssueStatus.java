package dev.credmill.batch.row;

/**
 * How far the issuing of a row has come. QUEUED is not stored: it is a READY row whose run has
 * reserved its number.
 */
public enum IssueStatus {
  INVALID,
  READY,
  QUEUED,
  ISSUED,
  FAILED,
  SKIPPED,
  CANCELLED
}
