/** What Amazon SES reports, by way of Amazon SNS. */
package dev.credmill.notification.callback.ses;
