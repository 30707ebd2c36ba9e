package dev.credmill.notification.callback.ses;

import dev.credmill.contracts.problem.ProblemType;
import java.net.URI;

/**
 * An address that a message names, and that is fetched: SNS's own in the topic's region, or none.
 */
final class AmazonAddress {
  private AmazonAddress() {}

  /**
   * @throws dev.credmill.contracts.problem.ProblemException for any other
   */
  static URI of(String text, TopicArn topic) {
    URI address;
    try {
      address = URI.create(text);
    } catch (IllegalArgumentException _) {
      throw ProblemType.FORBIDDEN.because("The message names an address that is none");
    }
    // The authority as a whole: neither a user nor a port stands in it.
    if (!"https".equals(address.getScheme()) || !topic.host().equals(address.getRawAuthority())) {
      throw ProblemType.FORBIDDEN.because(
          "The message names an address that is not at https://" + topic.host());
    }
    return address;
  }
}
