/** Tells an organization's people by mail what became of a batch's messages. */
package dev.credmill.batch.report;
