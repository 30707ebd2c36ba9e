package dev.credmill.notification.bounce;

import dev.credmill.contracts.id.OrganizationId;
import jakarta.mail.MessagingException;
import jakarta.mail.Store;
import java.util.Optional;

/** A mailbox to which messages come back. */
interface Mailbox {
  /** Under which it is kept how far it was read. */
  String name();

  String folder();

  /** Whether messages that were read and are of ours are deleted. */
  boolean deletes();

  /** Whose messages alone it may tell of; empty for everybody's. */
  Optional<OrganizationId> organization();

  /** Logs in to its server. */
  Store connect() throws MessagingException;

  /** How much its server may say from now on. */
  void mayRead(long bytes);

  /** A part was read; whether there is time for another. */
  boolean mayReadOn();
}
