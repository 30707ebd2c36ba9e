package dev.credmill.contracts.access;

/** What an API key may do. The constants are the names that {@code @RolesAllowed} takes. */
public enum Role {
  /** Uploads batches and sees its own. */
  ISSUER(Role.Name.ISSUER),
  /** Sees and does everything of one organization. */
  ORG_ADMIN(Role.Name.ORG_ADMIN),
  /** Makes organizations; belongs to none. */
  PLATFORM_ADMIN(Role.Name.PLATFORM_ADMIN);

  /** The names as constants, since annotations take nothing else. */
  public static final class Name {
    public static final String ISSUER = "issuer";
    public static final String ORG_ADMIN = "org-admin";
    public static final String PLATFORM_ADMIN = "platform-admin";

    /** Not a role of people: one service calling another's {@code /internal} paths. */
    public static final String SERVICE = "service";

    private Name() {}
  }

  private final String text;

  Role(String text) {
    this.text = text;
  }

  @com.fasterxml.jackson.annotation.JsonValue
  public String text() {
    return text;
  }
}
