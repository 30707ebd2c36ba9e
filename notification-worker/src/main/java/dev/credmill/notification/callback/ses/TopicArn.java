package dev.credmill.notification.callback.ses;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The SNS topic that SES's events go to. Whatever SNS's messages name is held against it: where
 * they lead, and whose certificate signs them.
 */
public record TopicArn(String value) {
  private static final Pattern ARN =
      Pattern.compile(
          "arn:(aws|aws-cn|aws-us-gov):sns:([a-z]{2}(?:-[a-z]{1,12}){1,3}-\\d{1,2}):\\d{12}:[A-Za-z0-9_-]{1,256}");

  public TopicArn {
    if (value == null || !ARN.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "topicArn is the ARN of the SNS topic, such as arn:aws:sns:eu-west-1:123456789012:ses-events");
    }
  }

  private String part(int group) {
    Matcher arn = ARN.matcher(value);
    if (!arn.matches()) {
      throw new IllegalStateException("checked when it was made");
    }
    return arn.group(group);
  }

  /** SNS's own, in the topic's region. */
  String host() {
    return "sns." + region() + domain();
  }

  private String region() {
    return part(2);
  }

  private String domain() {
    return part(1).equals("aws-cn") ? ".amazonaws.com.cn" : ".amazonaws.com";
  }

  /** To which of SNS's names a certificate may be issued: regions differ in that. */
  Set<String> signers() {
    Set<String> names = new HashSet<>();
    names.add("sns.amazonaws.com");
    names.add("sns-signing." + region() + ".amazonaws.com");
    names.add("sns-" + region() + domain());
    if (part(1).equals("aws-us-gov")) {
      names.add("sns-us-gov-west-1.amazonaws.com"); // the other one's, too
    }
    return names;
  }

  @Override
  public String toString() {
    return value;
  }
}
