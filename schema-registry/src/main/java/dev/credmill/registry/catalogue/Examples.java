package dev.credmill.registry.catalogue;

/** What the API's documentation shows of the calls that all resources have in common. */
public final class Examples {
  public static final String UNAUTHENTICATED =
      """
      {"type": "urn:credmill:problem:unauthenticated", "title": "An API key is needed", "status": 401,
       "detail": "Send a valid API key in the header X-API-Key; an organization's admin makes them with POST /v1/api-keys"}
      """;
  public static final String NOT_FOUND =
      """
      {"type": "urn:credmill:problem:not-found", "title": "There is nothing here for you", "status": 404,
       "detail": "Check the path and the id; another organization's things are not shown"}
      """;
  public static final String ALREADY_EXISTS =
      """
      {"type": "urn:credmill:problem:already-exists", "title": "This exists already", "status": 409,
       "detail": "The id \\"diploma\\" is taken: choose another one, or leave it out to be given one"}
      """;

  private Examples() {}
}
