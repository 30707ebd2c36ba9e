package dev.credmill.batch.correction;

import dev.credmill.batch.Batch;
import dev.credmill.batch.revocation.ChangeRequest;

/**
 * How credentials are to be replaced.
 *
 * @param reason of the change that revokes the old ones; may be null
 * @param mode whether the new ones are issued at once
 * @param unchangedRows what becomes of rows of a sheet that say what they said before
 */
record ReplacementRequest(String reason, Batch.Mode mode, UnchangedRows unchangedRows) {
  ReplacementRequest {
    ChangeRequest.mustBeReason(reason);
  }

  /** The constants are what callers write. */
  @SuppressWarnings("checkstyle:ConstantName")
  enum UnchangedRows {
    /** Their credentials stay: a whole report can be sent of which two rows were corrected. */
    skip,
    /** They are issued anew as well, such as after the loss of a key. */
    replace
  }
}
