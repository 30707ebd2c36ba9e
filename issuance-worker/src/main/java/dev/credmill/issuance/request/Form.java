package dev.credmill.issuance.request;

import dev.credmill.contracts.registry.Organization;
import dev.credmill.issuance.credential.CredentialTemplate;
import dev.credmill.issuance.securing.SigningKey;
import dev.credmill.issuance.status.StatusList;
import dev.credmill.issuance.status.StatusLists;
import java.nio.charset.StandardCharsets;

/** Everything that the rows of one batch and definition share. */
final class Form {
  private final Batch batch;
  private final int number;
  private final CredentialTemplate template;
  private final SigningKey key;
  private final byte[] header;
  private final Organization organization;
  private final StatusLists lists;
  private volatile Addressed current;

  /** The list that the last row fell into; neighbours fall into the same. */
  private record Addressed(StatusList list, byte[] url) {}

  Form(
      Batch batch,
      int number,
      CredentialTemplate template,
      SigningKey key,
      Organization organization,
      StatusLists lists) {
    this.batch = batch;
    this.number = number;
    this.template = template;
    this.key = key;
    this.header = key.encodedJwsHeader();
    this.organization = organization;
    this.lists = lists;
  }

  Batch batch() {
    return batch;
  }

  /** What its credentials refer to it by. */
  int number() {
    return number;
  }

  CredentialTemplate template() {
    return template;
  }

  SigningKey key() {
    return key;
  }

  byte[] header() {
    return header;
  }

  /** The status number of a row: the batch's range in row order, without the header. */
  long statusNumber(int row) {
    return batch.statusStart() + row - dev.credmill.contracts.id.RowId.FIRST_NUMBER;
  }

  StatusList list(long statusNumber) {
    return lists.list(organization.id(), statusNumber);
  }

  byte[] url(StatusList list) {
    Addressed last = current;
    if (last == null || last.list() != list) {
      last = new Addressed(list, list.url(organization).getBytes(StandardCharsets.UTF_8));
      current = last;
    }
    return last.url();
  }
}
