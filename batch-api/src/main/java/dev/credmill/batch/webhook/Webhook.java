package dev.credmill.batch.webhook;

import dev.credmill.contracts.id.OrganizationId;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.panache.common.Sort;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** An address of an organization's own software, and what it wants to hear of. */
@Entity
@DynamicUpdate
class Webhook extends PanacheEntityBase {
  @Id UUID id;

  @Column(updatable = false)
  String organization;

  String url;

  String description;

  @JdbcTypeCode(SqlTypes.ARRAY)
  @Column(name = "event_types")
  List<String> eventTypes;

  @Column(name = "created_by", updatable = false)
  String createdBy;

  @Column(name = "created_at", updatable = false)
  Instant createdAt;

  @Column(name = "disabled_at")
  Instant disabledAt;

  @Enumerated(EnumType.STRING)
  @Column(name = "disabled_because")
  DisabledBecause disabledBecause;

  /** Nothing but failures since then; null after a success. */
  @Column(name = "failing_since")
  Instant failingSince;

  /** Until when its receiver wants to be left alone. */
  @Column(name = "paused_until")
  Instant pausedUntil;

  static Optional<Webhook> of(OrganizationId organization, UUID id) {
    return find("organization = ?1 and id = ?2", organization.value(), id).firstResultOptional();
  }

  /** Held until the transaction ends. */
  static Optional<Webhook> locked(UUID id) {
    return Optional.ofNullable(findById(id, LockModeType.PESSIMISTIC_WRITE));
  }

  static long count(OrganizationId organization) {
    return count("organization", organization.value());
  }

  /** The oldest first; only ids behind {@code after}, where that is given. */
  static List<Webhook> of(OrganizationId organization, UUID after, int most) {
    return after == null
        ? Webhook.<Webhook>find("organization = ?1", Sort.by("id"), organization.value())
            .page(0, most)
            .list()
        : Webhook.<Webhook>find(
                "organization = ?1 and id > ?2", Sort.by("id"), organization.value(), after)
            .page(0, most)
            .list();
  }

  boolean disabled() {
    return disabledAt != null;
  }

  void disable(DisabledBecause why, Instant now) {
    disabledAt = now;
    disabledBecause = why;
  }

  void enable() {
    disabledAt = null;
    disabledBecause = null;
    failingSince = null;
    pausedUntil = null;
  }
}
