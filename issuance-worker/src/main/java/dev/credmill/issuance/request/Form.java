package dev.credmill.issuance.request;

import dev.credmill.contracts.registry.Organization;
import dev.credmill.contracts.registry.StatusPurpose;
import dev.credmill.issuance.credential.CredentialTemplate;
import dev.credmill.issuance.credential.StatusEntry;
import dev.credmill.issuance.integrity.RowProofs;
import dev.credmill.issuance.securing.SigningKey;
import dev.credmill.issuance.status.ListPurpose;
import dev.credmill.issuance.status.StatusList;
import dev.credmill.issuance.status.StatusLists;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Everything that the rows of one batch and definition share. */
final class Form {
  private final Batch batch;
  private final int number;
  private final CredentialTemplate template;
  private final RowProofs proofs;
  private final SigningKey key;
  private final byte[] header;
  private final Organization organization;
  private final StatusLists lists;
  private final List<Statuses> statuses;

  /** The entries of its rows in the lists of one purpose. */
  private final class Statuses {
    private final ListPurpose purpose;
    private volatile Addressed current;

    Statuses(StatusPurpose purpose) {
      this.purpose = ListPurpose.of(purpose);
    }

    StatusEntry of(long number) {
      StatusList list = lists.list(organization.id(), purpose, number);
      Addressed last = current;
      if (last == null || last.list() != list) {
        last = new Addressed(list, list.url(organization).getBytes(StandardCharsets.UTF_8));
        current = last;
      }
      return new StatusEntry(list.index(number), last.url());
    }
  }

  /** The list that the last row fell into; neighbours fall into the same. */
  private record Addressed(StatusList list, byte[] url) {}

  Form(
      Batch batch,
      int number,
      CredentialTemplate template,
      RowProofs proofs,
      SigningKey key,
      Organization organization,
      StatusLists lists) {
    this.batch = batch;
    this.number = number;
    this.template = template;
    this.proofs = proofs;
    this.key = key;
    this.header = key.encodedJwsHeader();
    this.organization = organization;
    this.lists = lists;
    this.statuses = template.statusPurposes().stream().map(Statuses::new).toList();
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

  /** What is proved of each row's record besides its signature as a JWT. */
  RowProofs proofs() {
    return proofs;
  }

  SigningKey key() {
    return key;
  }

  byte[] header() {
    return header;
  }

  /** Where a row's status is published, in the order of the template's purposes. */
  List<StatusEntry> statuses(int row) {
    long number = batch.statusNumber(row);
    return switch (statuses.size()) {
      case 1 -> List.of(statuses.getFirst().of(number));
      case 2 -> List.of(statuses.getFirst().of(number), statuses.getLast().of(number));
      default -> statuses.stream().map(of -> of.of(number)).toList();
    };
  }
}
